"""Which printed figures, if they alone or together were wrong, would explain that the rules contradict each other."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from reasoning.budget import Budget, GaveUpError
from reasoning.conflicts import Conflicts
from reasoning.feasibility import contradictory_cells
from reasoning.hitting import smallest_hitting_set
from reasoning.propagation import narrow
from reasoning.rules import Bounds, Interval, System

OPEN_UPPER = 10_000_000
"""What an opened figure can be at most, far above any number of people in a measure; see macros/propagation.sql."""

MOST_SETS = 2
"""How many smallest sets are looked for: a second one tells that the first is not the only one."""

MOST_ROUNDS = 200
"""How often the search for smallest sets may learn of another conflict; nearly all take fewer than fifty rounds."""


@dataclass(frozen=True, slots=True)
class Explanation:
    """Cells that together explain every contradiction, each with the interval that the rules then leave it."""

    cells: Bounds


@dataclass(frozen=True, slots=True)
class Explained:
    """What explains a report, and whether the search for it was given up before it came to its end."""

    explanations: list[Explanation]
    is_given_up: bool


def single_cells(system: System, cells: Mapping[int, Interval], contradictory: set[int], budget: Budget) -> Explained:
    """Return every cell that alone explains why the `contradictory` cells find no numbers. Exact.

    Where it is given up, no cell is named: one that was not tried may explain as well.
    """
    found = []
    try:
        for cell in sorted(_cells_around(system, cells, contradictory)):
            bounds = _bounds_with_opened(system, cells, [cell], budget)
            if bounds and not contradictory_cells(system, bounds, budget):
                found.append(Explanation({cell: bounds[cell]}))
    except GaveUpError:
        return Explained([], is_given_up=True)
    return Explained(found, is_given_up=False)


def smallest_sets(system: System, cells: Mapping[int, Interval], accused: set[int], budget: Budget) -> Explained:
    """Return a few of the smallest sets of cells that together explain every violated rule.

    This is error localisation after Fellegi and Holt: as few cells as possible may differ from what is printed.
    `accused` are cells that break a rule of their own, so that they belong to every set. A set must have a cell of each
    known conflict; where the smallest such set leaves another conflict, that is known as well, and so on. Where the
    steps are used up after a first set, it stays named, with the word that another one may explain as well.
    """
    found: list[Explanation] = []
    try:
        is_complete = _find_sets(system, cells, accused, budget, found)
    except GaveUpError:
        is_complete = False
    return Explained(found, is_given_up=not is_complete)


def _find_sets(
    system: System, cells: Mapping[int, Interval], accused: set[int], budget: Budget, found: list[Explanation]
) -> bool:
    """Add smallest sets to `found`; return whether there are no others, or enough. Raises GaveUpError."""
    conflicts = Conflicts(system, cells, (0, OPEN_UPPER), budget)
    known = [{cell} for cell in sorted(accused)] + conflicts.among_closed(accused)
    least = len(accused)
    for _ in range(MOST_ROUNDS):
        if len(found) == MOST_SETS:
            return True
        most = len(found[0].cells) if found else max(len(known), least)
        sizes = range(least, most + 1)
        opened = smallest_hitting_set(known, [explanation.cells for explanation in found], sizes, budget)
        if not opened:
            return bool(found)
        least = len(opened)
        new = conflicts.among_closed(opened)
        if not new:
            bounds = _bounds_with_opened(system, cells, opened, budget)
            contradictory = contradictory_cells(system, bounds, budget) if bounds else set(cells)
            if bounds and not contradictory:
                found.append(Explanation({cell: bounds[cell] for cell in sorted(opened)}))
            else:
                new = [_cells_around(system, _opened(cells, opened), contradictory) - opened]
        known += new
    return False


def _cells_around(system: System, cells: Mapping[int, Interval], some: set[int]) -> set[int]:
    """Return the cells of all rules that hang together with some cells: one of them is wrong if those find no numbers.

    `cells` are as wide as the report itself leaves them: a cell that other rules have narrowed to one number passes on
    what is wrong with those.
    """
    numbers = {
        number for part, within in system.parts(dict(cells)) if not some.isdisjoint(within) for number in part.rules
    }
    return {cell for number in numbers for cell in system.rules[number].coefficients}


def _bounds_with_opened(
    system: System, cells: Mapping[int, Interval], opened: Iterable[int], budget: Budget
) -> Bounds | None:
    """Return what the rules leave each cell one by one if some can be anything; None if they leave one nothing."""
    bounds = _opened(cells, opened)
    return None if narrow(system, bounds, budget=budget) else bounds


def _opened(cells: Mapping[int, Interval], opened: Iterable[int]) -> Bounds:
    return {**cells, **dict.fromkeys(opened, (0, OPEN_UPPER))}
