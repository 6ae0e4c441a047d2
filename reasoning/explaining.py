"""Which printed figures, if they alone or together were wrong, would explain that the rules contradict each other."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from reasoning.conflicts import Conflicts
from reasoning.feasibility import contradictory_cells
from reasoning.propagation import narrow
from reasoning.rules import Bounds, Interval, Rule, System
from reasoning.solver import SolverError, solve

OPEN_UPPER = 10_000_000
"""What an opened figure can be at most, far above any number of people in a measure; see macros/propagation.sql."""

MOST_SETS = 2
"""How many smallest sets are looked for: a second one tells that the first is not the only one."""

MOST_ROUNDS = 100
"""How often the search for smallest sets may learn of another conflict; nearly all take fewer than fifty rounds."""

_SECONDS = 10.0
"""What a build leaves the solver for one round, which takes it milliseconds."""


@dataclass(frozen=True, slots=True)
class Explanation:
    """Cells that together explain every contradiction, each with the interval that the rules then leave it."""

    cells: Bounds


def single_cells(system: System, cells: Mapping[int, Interval], contradictory: set[int]) -> list[Explanation]:
    """Return every cell that alone explains why the `contradictory` cells find no numbers. Exact."""
    near = {number for cell in contradictory for number in system.rules_of[cell]}
    candidates = sorted({cell for number in near for cell in system.rules[number].coefficients})
    found = []
    for cell in candidates:
        bounds = _bounds_with_opened(system, cells, [cell])
        if bounds and not contradictory_cells(system, bounds):
            found.append(Explanation({cell: bounds[cell]}))
    return found


def smallest_sets(system: System, cells: Mapping[int, Interval], accused: set[int]) -> list[Explanation]:
    """Return a few of the smallest sets of cells that together explain every violated rule.

    This is error localisation after Fellegi and Holt: as few cells as possible may differ from what is printed.
    `accused` are cells that break a rule of their own, so that they belong to every set. A set must have a cell of each
    known conflict; where the smallest such set leaves another conflict, that is known as well, and so on. None are
    returned beyond those that MOST_ROUNDS find.
    """
    conflicts = Conflicts(system, cells, (0, OPEN_UPPER))
    known = [{cell} for cell in sorted(accused)] + conflicts.among_closed(accused)
    found: list[Explanation] = []
    least = len(accused)
    for _ in range(MOST_ROUNDS):
        opened = _smallest_hitting_set(known, [set(explanation.cells) for explanation in found], least)
        if not opened or (found and len(opened) > len(found[0].cells)) or len(found) == MOST_SETS:
            break
        least = len(opened)
        new = conflicts.among_closed(opened)
        if not new:
            bounds = _bounds_with_opened(system, cells, opened)
            if bounds and not contradictory_cells(system, bounds):
                found.append(Explanation({cell: bounds[cell] for cell in sorted(opened)}))
            else:
                new = [set(cells) - opened]
        known += new
    return found


def _smallest_hitting_set(sets: list[set[int]], excluded: list[set[int]], least: int) -> set[int] | None:
    """Return as few cells as possible, at least one of each set but not all of an `excluded` one.

    `least` is a number of cells that is known to be needed: told of it, the solver stops at the first set of that size.
    None if there is no such set, or the solver gives up.
    """
    cells = dict.fromkeys(sorted(set[int]().union(*sets)), 1)
    rules = [Rule(dict.fromkeys(sorted(one), 1), 1, max(len(one), 1)) for one in sets]
    rules += [Rule(dict.fromkeys(sorted(one), 1), 0, len(one) - 1) for one in excluded]
    rules.append(Rule(cells, least, max(len(cells), least)))
    try:
        solution = solve(System(dict(enumerate(rules))), dict.fromkeys(cells, (0, 1)), cells, _SECONDS)
    except SolverError:
        return None
    return {cell for cell, is_in in solution.items() if is_in} if solution else None


def _bounds_with_opened(system: System, cells: Mapping[int, Interval], opened: Iterable[int]) -> Bounds | None:
    """Return what the rules leave each cell one by one if some can be anything; None if they leave one nothing."""
    bounds = {**cells, **dict.fromkeys(opened, (0, OPEN_UPPER))}
    return None if narrow(system, bounds) else bounds
