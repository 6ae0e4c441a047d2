"""Years of all nine families with real labels: main groups agree with their parts, and nobody is counted twice."""

from __future__ import annotations

import csv
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import cache

import pytest

from tests.editions import Edition, Family, Figures, Layout, Measure, add_people, make_figures
from tests.editions.labels import BREAKDOWNS
from tests.editions.main_groups import Part, main_groups
from tests.sample import PROJECT
from tests.warehouse.table_contents import OBSERVATION, observations_of, rows_of
from tests.warehouse.warehouse import UNRELATED, Warehouse

MONTHS = [(2023, 11), (2023, 12), (2024, 6), (2025, 5), (2026, 4)]
LAYOUT = Layout(leave_out_zero_unknown=False)
ISSUED_AGAIN = (2024, 6)


def seed_rows(name: str) -> list[dict[str, str]]:
    with (PROJECT / "seeds" / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def measures_of(year: int, month: int) -> Mapping[str, tuple[Measure, ...]]:
    """Return the measures that the edition of a month prints, by family, with NAV's labels."""
    families: dict[str, list[Measure]] = defaultdict(list)
    for row in seed_rows("measures"):
        code, family = row["measure_code"], row["family_code"]
        is_left_out = {
            "arbeid_med_stotte": (year, month) < (2023, 12),
            "utvidet_oppfolging_i_nav": (year, month) > (2023, 12),
            "utvidet_oppfolging_i_opplaering": year == 2024,
        }
        if family and not is_left_out.get(code, False):
            families[family].append(Measure(code, row["measure_name"], 400 + 50 * len(families[family])))
    return {family: tuple(measures) for family, measures in families.items()}


def more_people(figures: Figures, month: int) -> Figures:
    """Return figures with nine more people in one month, in the largest category of each breakdown."""
    return add_people(
        figures,
        month=month,
        measure_code=figures.family.measures[0].code,
        group="job_seekers",
        categories={
            breakdown: list(figures.categories(breakdown))[int(figures.splits[breakdown][month - 1, 0].argmax())]
            for breakdown in BREAKDOWNS
        },
        count=9,
    )


def whole(figures: Mapping[str, Figures]) -> Figures:
    """Return the main groups that the families' figures add up to."""
    parts: dict[tuple[str, str], list[Part]] = {}
    for row in seed_rows("main_groups"):
        some: dict[str, list[str]] = defaultdict(list)
        for part in seed_rows("main_group_parts"):
            if part["main_group_code"] == row["main_group_code"]:
                some[part["family_code"]].append(part["measure_code"])
        parts[row["main_group_code"], row["main_group_name"]] = [
            (figures[family], None if codes == [""] else codes) for family, codes in some.items()
        ]
    return main_groups(parts)


@cache
def editions() -> tuple[Edition, ...]:
    """Return nine editions for each month, and of one month those of a part and of the main groups again."""
    made = []
    for year, month in MONTHS:
        figures = {
            family: make_figures(7, year, family=Family(family, measures))
            for family, measures in measures_of(year, month).items()
        }
        issues = [figures]
        if (year, month) == ISSUED_AGAIN:
            changed = more_people(figures["lonnstilskudd"], month=3)
            issues.append(figures | {"lonnstilskudd": changed})
        for issue, of_issue in enumerate(issues, start=1):
            some = of_issue if issue == 1 else {"lonnstilskudd": of_issue["lonnstilskudd"]}
            made += [Edition(each, month, LAYOUT, issue) for each in (*some.values(), whole(of_issue))]
    return tuple(made)


def changed_part() -> Edition:
    """Return a second issue of one part, with more people."""
    [part] = [each for each in newest() if each.year == 2026 and each.figures.family.stem == "lonnstilskudd"]
    return replace(part, figures=more_people(part.figures, month=2), issue=2)


def newest() -> Sequence[Edition]:
    """Return the editions whose figures are in force: the last one of each year and family."""
    last = {(edition.year, edition.figures.family.stem): edition for edition in editions()}
    return list(last.values())


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Warehouse:
    warehouse = Warehouse(tmp_path_factory.mktemp("main_groups"))
    inbox = warehouse.folder / "reports"
    inbox.mkdir()
    paths = {edition: edition.write(inbox) for edition in editions()}
    again = [paths[edition] for edition in editions() if edition.issue > 1]
    first = [path.with_name(path.name.replace("_2.txt", ".txt")) for path in again]
    again.append(changed_part().write(warehouse.folder))
    first.append(inbox / again[-1].name.replace("_2.txt", ".txt"))
    warehouse.number_issues(*first, *again)
    loaded = warehouse.load(inbox)
    assert loaded.returncode == 0, loaded.stderr
    # The measures of an edition are drawn for it alone, so that editions of a year are no revisions of each other.
    build = warehouse.dbt("build", *UNRELATED)
    assert build.returncode == 0, build.stdout
    return warehouse


def test_every_edition_gives_its_known_observations(built: Warehouse) -> None:
    assert len(editions()) == 9 * len(MONTHS) + 2
    for edition in editions():
        assert observations_of(built, edition.file_name) == rows_of(edition.truth, OBSERVATION), edition.file_name


def test_a_sum_over_everything_counts_everybody_once(built: Warehouse) -> None:
    for year, month in MONTHS[1:]:
        people = sum(
            int(edition.figures.groups[month - 1].sum())
            for edition in newest()
            if edition.year == year and edition.figures.family.stem != "hovedgrupper"
        )
        [(lower, upper)] = built.query(
            "select sum(participants_lower), sum(participants_upper) from marts.fct_participants where month = ?",
            [f"{year}-{month:02}-01"],
        )
        assert lower <= people <= upper
        for table in ("fct_participants_vintages", "fct_average_participants"):
            main = "select report_id from intermediate.int_reports where holds_main_groups"
            assert built.query(f"select count(*) from marts.{table} where report_id in ({main})") == [(0,)]  # noqa: S608


def test_main_groups_stand_in_a_fact_of_their_own(built: Warehouse) -> None:
    found = built.query(
        "select main_group_code, participants_lower from marts.fct_main_groups join marts.dim_main_group "
        "using (main_group_code) where month = date '2026-04-01' and breakdown = 'none' "
        "and participant_group_code = 'all' order by sort_order"
    )
    [edition] = [each for each in newest() if each.year == 2026 and each.figures.family.stem == "hovedgrupper"]
    expected = edition.figures.groups[3].sum(axis=0).tolist()
    assert found == list(zip([measure.code for measure in edition.figures.family.measures], expected, strict=True))


def test_main_groups_agree_with_their_parts_in_every_breakdown(built: Warehouse) -> None:
    checks = built.query(
        "select breakdown, list_sort(list(distinct verdict)) from audit.reconciliation_checks "
        "where rule_code = 'families_sum_to_main_groups' group by 1 order by 1"
    )
    assert [breakdown for breakdown, _ in checks] == [
        "age_group", "country_background", "county", "education", "gender", "immigration_category", "none",
    ]  # fmt: skip
    assert all(set(verdicts) <= {"proven", "possible"} for _, verdicts in checks)


def test_a_change_in_a_part_is_found_and_both_lines_are_named(built: Warehouse) -> None:
    """The part alone is issued again, sound in itself: the main groups, which did not change, are checked anew."""
    path = built.folder / changed_part().file_name
    assert built.load(path).returncode == 0
    build = built.dbt("build", *UNRELATED)
    assert build.returncode == 1
    assert "families_sum_to_main_groups does not hold:" in build.stdout
    failing = built.query(
        "select explanation from audit.reconciliation_checks "
        "where verdict = 'violated' and breakdown = 'none' and participant_group_code = 'all'"
    )
    assert len(failing) == 1
    assert failing[0][0].startswith("2026-04_hovedgrupper.txt:")
    assert f"({path.name}:" in failing[0][0]
