"""Reports that share a year are built together, and what is built together does not hang on their order."""

from __future__ import annotations

import random
from datetime import date
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from builders.planning import Part, PlannedReport, plan


def report(number: int, start: tuple[int, int], months: int = 1) -> PlannedReport:
    """Return the report of a number, of so many months from a year's month on."""
    at = start[0] * 12 + start[1] - 1 + months - 1
    return PlannedReport(
        f"/reports/{number:03}.txt", f"{number:03}.txt", f"id_{number}", date(*start, 1), date(at // 12, at % 12 + 1, 1)
    )


PERIODS = st.lists(
    st.tuples(st.integers(1990, 2030), st.integers(1, 12), st.integers(1, 12)), min_size=1, max_size=40
).map(lambda periods: [report(number, (year, month), months) for number, (year, month, months) in enumerate(periods)])
SIZES = st.integers(1, 50)


def years(part: Part) -> set[int]:
    return {
        year for each in part.reports for year in range(each.period_start.year, each.period_end.year + 1)
    }  # fmt: skip


@given(PERIODS, SIZES, st.randoms(use_true_random=False))
def test_the_order_of_reports_changes_nothing(reports: list[PlannedReport], size: int, chance: random.Random) -> None:
    shuffled = list(reports)
    chance.shuffle(shuffled)
    assert plan(shuffled, size) == plan(reports, size)


@given(PERIODS, SIZES)
def test_each_report_is_in_one_part_and_no_year_in_two(reports: list[PlannedReport], size: int) -> None:
    parts = plan(reports, size)
    assert sorted(each.path for part in parts for each in part.reports) == sorted(each.path for each in reports)
    assert sum(len(years(part)) for part in parts) == len(set().union(*map(years, parts)))
    assert all(one.last_year < other.first_year for one, other in pairwise(parts))


@given(PERIODS, SIZES)
def test_a_part_is_only_larger_than_asked_where_its_reports_hang_together(
    reports: list[PlannedReport], size: int
) -> None:
    for part in plan(reports, size):
        assert len(part.reports) <= size or len(plan(part.reports, 1)) == 1


@given(PERIODS, SIZES)
def test_one_more_report_touches_the_part_that_it_falls_into(reports: list[PlannedReport], size: int) -> None:
    *others, last = reports
    if others:
        before, after = ({part.key("") for part in plan(some, size)} for some in (others, reports))
        assert len(before - after) <= (1 if last.period_start.year == last.period_end.year else 2)


def test_a_period_over_new_year_joins_two_years() -> None:
    apart = [report(1, (2023, 5)), report(2, (2024, 1))]
    assert [part.years for part in plan(apart, 1)] == ["2023", "2024"]
    assert [part.years for part in plan([*apart, report(3, (2023, 11), 4)], 1)] == ["2023–2024"]


def test_a_long_period_joins_all_that_falls_into_its_years() -> None:
    """Also what comes after a shorter one that begins later."""
    [part] = plan([report(1, (2020, 1), 36), report(2, (2021, 1)), report(3, (2022, 5))], 1)
    assert part.years == "2020–2022"


def test_years_are_gathered_up_to_the_number_of_reports() -> None:
    monthly = [report(year * 12 + month, (year, month)) for year in range(2000, 2016) for month in range(1, 13)]
    assert [part.years for part in plan(monthly, 48)] == ["2000–2003", "2004–2007", "2008–2011", "2012–2015"]
    assert [part.years for part in plan(monthly, 400)] == ["2000–2015"]


def test_the_same_content_twice_is_one_report() -> None:
    twice = [
        report(1, (2023, 5)),
        PlannedReport("/reports/000.txt", "000.txt", "id_1", date(2023, 5, 1), date(2023, 5, 1)),
    ]
    [part] = plan(twice, 10)
    assert [each.file_name for each in part.reports] == ["000.txt"]
    assert plan(twice[::-1], 10) == [part]


def test_the_key_changes_with_reports_names_and_state() -> None:
    [part] = plan([report(1, (2023, 5))], 10)
    [renamed] = plan([PlannedReport("/reports/b.txt", "b.txt", "id_1", date(2023, 5, 1), date(2023, 5, 1))], 10)
    [moved] = plan([PlannedReport("/other/001.txt", "x", "id_1", date(2023, 5, 1), date(2023, 5, 1))], 10)
    assert len({part.key("a"), part.key("b"), renamed.key("a")}) == 3
    assert moved.key("a") == part.key("a")
