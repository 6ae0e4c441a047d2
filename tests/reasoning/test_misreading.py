"""Lines that were misread throughout are named together, and no line that is right; scattered slips are no lines."""

from __future__ import annotations

import random

import pytest

from benchmarks.localising.census_table import census_table
from benchmarks.localising.slips import with_slips
from reasoning.budget import Budget
from reasoning.judging import judged
from reasoning.misreading import misread_lines
from reasoning.rules import Interval
from tests.reasoning.printed_report import PrintedReport
from tests.warehouse.warehouse import Warehouse


@pytest.fixture(scope="module")
def sample(sample_build: Warehouse) -> PrintedReport:
    return PrintedReport.read(sample_build.build_database)


def misread(report: PrintedReport, count: int, seed: int) -> tuple[PrintedReport, set[int]]:
    """Return the report with another digit in each figure of so many neighbouring lines, and those lines."""
    generator = random.Random(f"{count} {seed}")  # noqa: S311
    lines = sorted({place.line for place in report.places})
    first = generator.randrange(len(lines) - count + 1)
    chosen = set(lines[first : first + count])
    prints: dict[int, Interval] = {}
    for place in report.places:
        if place.line in chosen and place.lower == place.upper:
            digits = str(place.lower)
            index = generator.randrange(len(digits))
            other = generator.choice([digit for digit in "123456789" if digit != digits[index]])
            wrong = int(digits[:index] + other + digits[index + 1 :])
            prints[place.cell] = (wrong, wrong)
    return report.printing(prints), chosen


@pytest.mark.parametrize("count", [1, 2, 5, 20, 50])
def test_only_lines_that_were_misread_are_named(sample: PrintedReport, count: int) -> None:
    named = 0
    for seed in range(8):
        wrong, chosen = misread(sample, count, seed)
        accused = {cell for cell, (lower, upper) in wrong.cells.items() if lower == upper < 4}
        found = misread_lines(wrong.system, wrong.cells, wrong.places, accused, Budget())
        if found is not None:
            named += 1
            assert set(found.lines) <= chosen
            assert len(found.lines) > count / 2
    assert named >= 4


def test_slips_that_are_scattered_over_lines_of_a_table_are_no_misread_lines(sample: PrintedReport) -> None:
    """Four figures, each in another line and month of one table, so that sums fail in all months of all its lines."""
    table = next(table for table in sample.tables if table.breakdown == "county")
    prints: dict[int, Interval] = {}
    for row, month in zip(table.rows[1:5], table.months, strict=True):
        cell = row.cells[month]
        number = sample.cells[cell][0] + 30
        prints[cell] = (number, number)
    wrong = sample.printing(prints)
    assert misread_lines(wrong.system, wrong.cells, wrong.places, set(), Budget()) is not None
    changes, sets = judged(wrong.system, wrong.cells, wrong.places, set())
    assert changes == []
    assert len(sets.explanations[0].cells) == len(prints)


def test_slips_in_most_lines_of_a_report_are_no_misread_lines() -> None:
    """Where most lines would have to be opened, too little is left that could tell them from scattered slips."""
    printed = census_table()
    slips = with_slips(printed, 51, 0)
    wrong = printed.printing(slips)
    assert len({place.line for place in printed.places if place.cell in slips}) > len(wrong.tables[0].rows)
    assert misread_lines(wrong.system, wrong.cells, wrong.places, set(), Budget()) is None
