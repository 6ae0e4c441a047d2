"""Which printed figures, if they alone or together were wrong, would explain that the rules contradict each other."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from reasoning.budget import Budget, GaveUpError
from reasoning.feasibility import contradictory_cells
from reasoning.opening import bounds_with_opened, cells_around
from reasoning.rules import Bounds, Interval, System
from reasoning.smallest_sets import SmallestSets

MOST_SETS = 2
"""How many smallest sets are given: a second one tells that the first is not the only one."""


@dataclass(frozen=True, slots=True)
class Explanation:
    """Cells that together explain every contradiction, each with the interval that the rules then leave it."""

    cells: Bounds


@dataclass(frozen=True, slots=True)
class Explained:
    """What explains a report, and whether the search for it was given up before it came to its end."""

    explanations: list[Explanation]
    is_given_up: bool
    certain: Mapping[int, Interval | None] = field(default_factory=dict)
    """Cells without which no smallest set explains the report, each with an interval that holds over all of them; None
    where the search was given up before that was known."""


def single_cells(system: System, cells: Mapping[int, Interval], contradictory: set[int], budget: Budget) -> Explained:
    """Return every cell that alone explains why the `contradictory` cells find no numbers. Exact.

    Where it is given up, no cell is named: one that was not tried may explain as well.
    """
    found = []
    try:
        for cell in sorted(cells_around(system, cells, contradictory)):
            bounds = bounds_with_opened(system, cells, [cell], budget)
            if bounds and not contradictory_cells(system, bounds, budget):
                found.append(Explanation({cell: bounds[cell]}))
    except GaveUpError:
        return Explained([], is_given_up=True)
    certain = dict(found[0].cells) if len(found) == 1 else {}
    return Explained(found, is_given_up=False, certain=certain)


def smallest_sets(system: System, cells: Mapping[int, Interval], accused: set[int], budget: Budget) -> Explained:
    """Return a few of the smallest sets of cells that together explain every violated rule.

    This is error localisation after Fellegi and Holt: as few cells as possible may differ from what is printed.
    `accused` are cells that break a rule of their own, so that they belong to every set. Where the steps are used up
    after a first set, it stays named, and so does each cell that is certain by then.
    """
    found: list[Explanation] = []
    certain: dict[int, Interval | None] = {}
    try:
        _find_sets(SmallestSets(system, cells, accused, budget), found, certain)
    except GaveUpError:
        return Explained(found, is_given_up=True, certain=certain)
    return Explained(found, is_given_up=False, certain=certain)


def _find_sets(sets: SmallestSets, found: list[Explanation], certain: dict[int, Interval | None]) -> None:
    """Add smallest sets to `found`, and what all of them have in common to `certain`. Raises GaveUpError."""
    first = sets.any()
    if not first:
        return
    found.append(Explanation(first))
    in_all = set(first)
    known: set[int] = set()
    try:
        while (other := sets.unlike(first, in_all - known, known)) is not None:
            in_all &= other.keys()
            if len(found) < MOST_SETS:
                found.append(Explanation(other))
    finally:
        certain.update(dict.fromkeys(sorted(known)))
    for cell in certain:
        certain[cell] = first[cell] if len(found) == 1 else sets.around(cell, first[cell], len(first))
