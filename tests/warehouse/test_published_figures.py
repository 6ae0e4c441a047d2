"""What NAV really published from 2023 to 2026 reconciles: the measures of each group, a renaming and a new register."""

from __future__ import annotations

import csv
from collections.abc import Sequence
from datetime import date
from functools import cache
from pathlib import Path

import pytest

from tests.loaders.report_texts import parsed
from tests.sample import SAMPLE
from tests.warehouse.warehouse import Warehouse
from warehouse.period import MONTH_NAMES

DATA = Path(__file__).with_name("published") / "nav_oppfolging_2023-2026.csv"
GROUPS = {
    "Arbeidssøkere": ("job_seekers", "I alt Arbeidssøkere på tiltak"),
    "Nedsatt arbeidsevne": ("reduced_work_capacity", "I alt Nedsatt arbeidsevne, på tiltak"),
    "Andre": ("others", "I alt Andre på tiltak"),
}
EDITIONS = [(2023, 12), (2024, 12), (2025, 12), (2026, 4)]
"""Last month of each year that is known: which rows these editions print is known."""

NOTE = "celler hvor tallene er mindre enn 4"


@cache
def published() -> dict[tuple[str, str, str], str]:
    """Return the printed text of a group, measure and month (2024-04)."""
    with DATA.open(encoding="utf-8", newline="") as file:
        return {
            (row["participant_group"], row["measure"], row["month"]): row["printed"] for row in csv.DictReader(file)
        }


@cache
def behind_stars(group: str, month: str) -> dict[str, int]:
    """Return numbers that may stand behind the stars of a month, by measure."""
    printed = {measure: text for (of, measure, at), text in published().items() if (of, at) == (group, month)}
    left = int(printed.pop("I alt")) - sum(int(text) for text in printed.values() if text != "*")
    numbers = {}
    for measure in (measure for measure, text in printed.items() if text == "*"):
        numbers[measure] = min(left, 3)
        left -= numbers[measure]
    assert left == 0, (group, month)
    return numbers


def people(group: str, measure: str, month: str) -> int:
    """Return how many there are, or may be behind a star; 0 where the group has no such row."""
    text = published().get((group, measure, month), "*")
    return int(text) if text != "*" else behind_stars(group, month).get(measure, 0)


def printed(count: int) -> str:
    return str(count) if count >= 4 else "*"


def row_of(groups: Sequence[str], measure: str, months: Sequence[str]) -> list[str] | None:
    """Return the average and the months of a row as NAV prints rows; None where no group has such a row.

    Averages, and figures of all groups together, are not in the data: they are worked out, with what may stand behind
    the stars.
    """
    if not any((group, measure, month) in published() for group in groups for month in months):
        return None
    counts = [sum(people(group, measure, month) for group in groups) for month in months]
    average = printed((2 * sum(counts) + len(months)) // (2 * len(months)))
    if len(groups) > 1:
        return [average, *map(printed, counts)]
    return [average, *(published().get((groups[0], measure, month), "*") for month in months)]


def report(year: int, last: int) -> str:
    """Return an edition with the tables of measures by group; the other tables of NAV's are not in the data."""
    months = [f"{year}-{month:02}" for month in range(1, last + 1)]
    measures = list(dict.fromkeys(measure for _, measure, _ in published() if measure != "I alt"))
    lines = [NOTE, "", f"Januar {year} - {MONTH_NAMES[last - 1]} {year}"]
    for groups, total in ((list(GROUPS), "I alt"), *(([group], label) for group, (_, label) in GROUPS.items())):
        lines += ["", "\t".join(["", "Gjennomsnitt hittil i år", *MONTH_NAMES[:last]])]
        for measure in ("I alt", *measures):
            if row := row_of(groups, measure, months):
                lines.append("\t".join([total if measure == "I alt" else measure, *row]))
    return "\n".join(lines) + "\n"


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Warehouse:
    warehouse = Warehouse(tmp_path_factory.mktemp("published"))
    warehouse.receive({f"{year}-{month:02}_oppfolging.txt": report(year, month) for year, month in EDITIONS})
    # The tables on counties, ages and so on are missing, and the rules on them say so.
    assert (
        warehouse.dbt(
            "build", "--exclude", "resource_type:test resource_type:unit_test path:models/disclosure"
        ).returncode
        == 0
    )
    return warehouse


def test_april_2024_is_what_the_sample_prints() -> None:
    sample = {
        (table.rows[0].partition("\t")[0].strip(), fold_measure(label.strip())): figures
        for table in parsed(SAMPLE.read_text(encoding="utf-8")).tables
        for label, *figures in (row.split("\t") for row in table.rows)
    }
    compared = 0
    for (group, measure, month), text in published().items():
        total = GROUPS[group][1]
        figures = sample.get((total, fold_measure(total if measure == "I alt" else measure)))
        if month.startswith("2024-0") and int(month[-1]) <= 4 and figures:
            assert figures[int(month[-1])].replace(" ", "") == text, (group, measure, month)
            compared += 1
    assert compared == 96


def fold_measure(label: str) -> str:
    """Return a measure's label without what scanning makes of it."""
    return "".join(char for char in label.casefold().replace("una", "ung").replace("iobb", "jobb") if char.isalnum())


def test_the_measures_sum_to_the_total_in_each_of_120_group_months(built: Warehouse) -> None:
    checks = built.query(
        "select participant_group_code, month, verdict from audit.reconciliation_checks "
        "where rule_code = 'measures_sum_to_total' and period_kind = 'month' and participant_group_code <> 'all'"
    )
    assert len(checks) == len({check[:2] for check in checks}) == 120
    assert {verdict for _, _, verdict in checks} <= {"proven", "possible"}
    assert sum(verdict == "proven" for _, _, verdict in checks) > 20


def test_nothing_that_is_printed_is_violated(built: Warehouse) -> None:
    assert (
        built.query("select rule_code, explanation from audit.reconciliation_checks where verdict = 'violated'") == []
    )
    assert built.query("select distinct label_kind from intermediate.int_printed_labels where label_kind is null") == []


def test_the_renaming_hands_everybody_over_in_december_2023(built: Warehouse) -> None:
    rows = built.query(
        "select measure_code, month, participants from marts.fct_participants_by_participant_group "
        "where measure_code in ('utvidet_oppfolging_i_nav', 'arbeid_med_stotte') "
        "and participant_group_code = 'reduced_work_capacity' and month in (date '2023-11-01', date '2023-12-01') "
        "order by measure_code, month"
    )
    [(_, _, not_yet), (_, _, began), (_, _, ended), (_, _, no_more)] = rows
    assert (not_yet, no_more) == (None, None)
    assert began is not None
    assert ended is not None
    assert abs(began - ended) < 0.1 * ended
    assert built.query(
        "select distinct current_measure_code from marts.dim_measure where measure_code = 'utvidet_oppfolging_i_nav'"
    ) == [("arbeid_med_stotte",)]


def test_the_eighth_measure_has_a_row_in_2023_none_in_2024_and_one_group_from_2025(built: Warehouse) -> None:
    rows = built.query(
        "select year(month), list_sort(list(distinct participant_group_code)) "
        "from marts.fct_participants_by_participant_group "
        "where measure_code = 'utvidet_oppfolging_i_opplaering' group by 1 order by 1"
    )
    assert [year for year, _ in rows] == [2023, 2025, 2026]
    assert [groups for year, groups in rows if year > 2024] == [["reduced_work_capacity"]] * 2


def test_the_new_register_of_april_2025_begins_another_series_of_job_seekers(built: Warehouse) -> None:
    rows = built.query(
        "select month, participant_group_code, sum(participants_lower), list_sort(list(distinct comparable_series)) "
        "from marts.fct_participants_by_participant_group "
        "where month between date '2025-03-01' and date '2025-04-01' group by 1, 2"
    )
    found = {(month, group): (people, series) for month, group, people, series in rows}
    march, april = date(2025, 3, 1), date(2025, 4, 1)
    assert found[april, "job_seekers"][0] < 0.9 * found[march, "job_seekers"][0]
    assert found[april, "others"][0] > 1.5 * found[march, "others"][0]
    assert found[march, "job_seekers"][1] == ["2018-11"]
    assert found[april, "job_seekers"][1] == ["2025-04"]
    assert found[april, "others"][1] == ["2025-04"]
    assert found[march, "reduced_work_capacity"][1] == found[april, "reduced_work_capacity"][1]
