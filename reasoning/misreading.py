"""Lines that were misread throughout: their figures are wrong in most months, and all else in the report is right."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from reasoning.budget import Budget, GaveUpError
from reasoning.changes import Change
from reasoning.feasibility import is_satisfiable
from reasoning.opening import with_opened
from reasoning.printed import PrintedCell, PrintedRow, tables_of
from reasoning.rules import Interval, System

MOST_LINES = 50
"""More are not named, nor more than half of a report's lines: it is to be read again as a whole then."""

FEWEST_WRONG_IN_A_LINE = 2
"""A line with a single wrong figure is not misread throughout."""


def misread_lines(
    system: System,
    cells: Mapping[int, Interval],
    printed: Sequence[PrintedCell],
    accused: set[int],
    budget: Budget,
) -> Change | None:
    """Return the lines that explain everything if all their figures may be wrong, or None.

    The average of a line is a rule on that line alone, so where it does not hold, figures of the line are wrong: those
    lines are in each set of lines that explains the report, and if they suffice, no other set has as few. They count as
    misread throughout only where sums fail in most months of each of them. `accused` are cells that break a rule of
    their own.
    """
    failing = {
        number
        for number, rule in system.rules.items()
        if not _can_hold(rule.least_and_greatest_sum(cells), (rule.lower, rule.upper))
    }
    rows = [(row, table.months) for table in tables_of(printed) for row in table.rows]
    found = [(row, months) for row, months in rows if _is_surely_wrong(system, row, failing, accused)]
    if not found or len(found) > min(MOST_LINES, len(rows) // 2):
        return None
    if not all(_is_wrong_in_most_months(system, row, months, failing, accused) for row, months in found):
        return None
    opened = {cell for row, _ in found for cell in row.cells.values()}
    try:
        explains = accused <= opened and is_satisfiable(
            system, with_opened(cells, opened & system.rules_of.keys()), budget
        )
    except GaveUpError:
        return None
    return Change("lines_misread", tuple(row.line for row, _ in found), (), {}) if explains else None


def _is_surely_wrong(system: System, row: PrintedRow, failing: set[int], accused: set[int]) -> bool:
    """Return whether a rule on this row alone fails."""
    cells = set(row.cells.values())
    return not accused.isdisjoint(cells) or any(
        system.rules[number].coefficients.keys() <= cells for number in failing & set(_rules_of(system, cells))
    )


def _is_wrong_in_most_months(
    system: System, row: PrintedRow, months: Sequence[int], failing: set[int], accused: set[int]
) -> bool:
    """Return whether, in most months, the row's figure is in a sum that fails, or breaks a rule of its own."""
    cells = set(row.cells.values())
    wrong = sum(
        row.cells[month] in accused
        or any(
            number in failing and not system.rules[number].coefficients.keys() <= cells
            for number in _rules_of(system, [row.cells[month]])
        )
        for month in months
        if month in row.cells
    )
    return wrong >= FEWEST_WRONG_IN_A_LINE and 2 * wrong > len(months)


def _rules_of(system: System, cells: set[int] | list[int]) -> Iterator[int]:
    for cell in cells:
        yield from system.rules_of.get(cell, ())


def _can_hold(sums: Interval, limits: Interval) -> bool:
    return sums[0] <= limits[1] and sums[1] >= limits[0]
