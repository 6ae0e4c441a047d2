"""Reports on measures of another family load by rows in CSV files alone, and are never added to the first."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Sequence
from datetime import date
from pathlib import Path

import pandas as pd
import pytest

from tests.editions import FOLLOW_UP, Edition, Family, Layout, make_figures, sister_family
from tests.editions.layout import SAMPLE_LAYOUT
from tests.sample import SAMPLE
from tests.warehouse.table_contents import FIGURES, OBSERVATION, observations_of, rows_of
from tests.warehouse.warehouse import Warehouse

TRAINING = sister_family(
    "opplaering",
    [
        ("amo_kurs", "AMO Kurs"),
        ("vgs_yrkesfaglig_utdanning", "Vgs/yrkesfaglig utdanning"),
        ("hoyere_utdanning", "Høyere utdanning"),
    ],
)
SUBSIDIES = sister_family("tilskudd", [("reise", "Tilskudd til reise"), ("bolig", "Tilskudd til bolig på hjemstedet")])
FAMILY_ROWS = [("tilskudd", "Tilskudd", "Subsidies", "TILT999", "false")]
"""One family that the list has and one that it has not."""


def generated(family: Family, year: int, months: int, layout: Layout = SAMPLE_LAYOUT) -> Edition:
    """Return a generated edition of a family, January to `months` of `year`."""
    return Edition(make_figures(5, year, family=family), months, layout)


def printed_totals(edition: Edition) -> dict[date, int]:
    """Return the people in all measures of the family, by month."""
    totals = edition.truth.query("participant_group_code == 'all' and measure_code == 'all' and period_kind == 'month'")
    return dict(totals[["month", "true_value"]].to_numpy().tolist())


EDITIONS = [
    generated(FOLLOW_UP, 2023, 5),
    generated(FOLLOW_UP, 2024, 5),
    generated(TRAINING, 2024, 4),
    generated(TRAINING, 2024, 5, Layout(label_noise=0.2, noise_seed=2, cut_seed=2)),
    generated(SUBSIDIES, 2024, 5, Layout(threshold=5, paragraph="2-6")),
]
NEWEST = [edition for edition in EDITIONS if edition.month == 5]


def append(path: Path, rows: Iterable[Sequence[object]]) -> None:
    """Add rows to a CSV file."""
    with path.open("a", encoding="utf-8", newline="") as file:
        csv.writer(file, lineterminator="\n").writerows(rows)


def measure_rows(family: Family) -> list[tuple[object, ...]]:
    """Return the rows of seeds/measures.csv for a family."""
    return [
        (measure.code, measure.label, measure.code, family.stem, "", "", "", "", order, "false")
        for order, measure in enumerate(family.measures, start=1)
    ]


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Warehouse:
    warehouse = Warehouse(tmp_path_factory.mktemp("families"))
    append(warehouse.project / "seeds" / "measures.csv", measure_rows(SUBSIDIES))
    append(warehouse.project / "seeds" / "measure_families.csv", FAMILY_ROWS)
    warehouse.receive({edition.file_name: edition.text for edition in EDITIONS})
    warehouse.build()
    published = warehouse.publish()
    assert published.returncode == 0, published.stderr
    return warehouse


@pytest.mark.parametrize("edition", EDITIONS, ids=lambda edition: edition.file_name)
def test_every_figure_of_every_family_equals_its_known_truth(built: Warehouse, edition: Edition) -> None:
    assert observations_of(built, edition.file_name) == rows_of(edition.truth, OBSERVATION)


@pytest.mark.parametrize(
    ("fact", "breakdown", "code"),
    [
        ("fct_participants", "none", "'all'"),
        ("fct_participants_by_county", "county", "county_code"),
        ("fct_participants_by_education", "education", "education_code"),
        ("fct_participants_by_gender", "gender", "gender_code"),
    ],
)
def test_facts_hold_the_newest_figures_of_every_family(built: Warehouse, fact: str, breakdown: str, code: str) -> None:
    figures = pd.concat([edition.truth for edition in NEWEST])
    expected = figures[
        (figures["breakdown"] == breakdown)
        & (figures["period_kind"] == "month")
        & (figures["participant_group_code"] == "all")
        & (figures["measure_code"] != "all")
    ]
    found = built.query(
        f"select measure_code, {code}, month, participants, participants_lower, participants_upper, "  # noqa: S608
        f"is_suppressed from marts.{fact}"
    )
    assert set(found) == rows_of(expected, ["measure_code", "category_code", "month", *FIGURES])
    assert len(found) == len(expected)


def test_a_total_over_measures_is_that_of_one_family(built: Warehouse) -> None:
    """What the measures of a family sum to is what its own report prints, whatever else is loaded."""
    for edition in NEWEST:
        sums = built.query(
            "select month, sum(participants_lower), sum(participants_upper) from marts.fct_participants "
            "join marts.dim_measure using (measure_code) where family_code = ? and year(month) = ? group by month",
            [edition.figures.family.stem, edition.year],
        )
        assert {month: (lower, upper) for month, lower, upper in sums} == {
            month: (people, people) for month, people in printed_totals(edition).items()
        }


def test_no_rule_and_no_row_adds_up_families(built: Warehouse) -> None:
    assert built.query(
        "select report.file_name, rule.total_lower from audit.reconciliation_checks as rule "
        "join marts.dim_report as report using (report_id) where rule.rule_code = 'measures_sum_to_total' "
        "and rule.participant_group_code = 'all' and rule.month = '2024-05-01' order by 1"
    ) == [
        (edition.file_name, printed_totals(edition)[date(2024, 5, 1)])
        for edition in sorted(NEWEST, key=lambda edition: edition.file_name)
        if edition.year == 2024
    ]
    assert built.query(
        "select count(*), count(distinct report_id) from intermediate.int_newest_figures where measure_code = 'all' "
        "and participant_group_code = 'all' and month = '2024-05-01'"
    ) == [(3, 3)]
    facts = built.query("select table_name from duckdb_tables() where table_name similar to 'fct_participants(_by.*)?'")
    for (fact,) in facts:
        totals = f"select count(*) from marts.{fact} where measure_code = 'all'"  # noqa: S608
        assert built.query(totals) == [(0,)], fact


def test_reports_and_measures_name_their_family(built: Warehouse) -> None:
    reports = built.query("select file_name, family_code from marts.dim_report")
    assert dict(reports) == {edition.file_name: edition.figures.family.stem for edition in EDITIONS}
    families = built.query(
        "select family_code, family_name, family_name_en, count(*) from marts.dim_measure "
        "where family_code in ('oppfolging', 'opplaering', 'tilskudd') or family_code is null group by all order by 1"
    )
    assert families == [
        ("oppfolging", "Oppfølging", "Follow-up", 9),
        ("opplaering", "Opplæring", "Training", 11),
        ("tilskudd", "Tilskudd", "Subsidies", 2),
        (None, None, None, 1),
    ]


def test_a_family_without_its_rows_fails_and_names_the_labels(tmp_path: Path) -> None:
    report = tmp_path / "2024-05_tilskudd.txt"
    report.write_bytes(EDITIONS[4].text.encode())
    warehouse = Warehouse(tmp_path / "warehouse")
    assert warehouse.load(SAMPLE, report).returncode == 0
    build = warehouse.dbt("--quiet", "build")
    assert build.returncode != 0
    labels = '"Tilskudd til bolig på hjemstedet", "Tilskudd til reise"'
    assert f"the rows name no measure of a family that is known: {labels}; add the family" in build.stdout
