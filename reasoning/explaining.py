"""Which printed figures, if they alone or together were wrong, would explain that the rules contradict each other."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from reasoning.feasibility import contradictory_cells
from reasoning.propagation import narrow
from reasoning.rules import Bounds, Interval, Rule, System
from reasoning.solver import SolverError, solve

OPEN_UPPER = 10_000_000
"""What an opened figure can be at most, far above any number of people in a measure; see macros/propagation.sql."""

MOST_SETS = 2
"""How many smallest sets are looked for: a second one tells that the first is not the only one."""

_SECONDS = 10.0
"""What a build leaves the solver for one set."""


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

    `accused` are cells that break a rule of their own, so that they belong to every set.
    """
    explanations = []
    for opened in _smallest_sets(system, cells, accused):
        bounds = _bounds_with_opened(system, cells, opened)
        if bounds:
            explanations.append(Explanation({cell: bounds[cell] for cell in sorted(opened)}))
    return explanations


def _smallest_sets(system: System, cells: Mapping[int, Interval], accused: set[int]) -> list[set[int]]:
    """Return up to MOST_SETS sets of equally few cells that must be opened for all rules to hold.

    This is error localisation after Fellegi and Holt: beside each cell stands a switch, 0 or 1, that says whether the
    cell may leave its bounds, and as few as possible do.
    """
    open_upper = max(4 * max((upper for _, upper in cells.values()), default=0), 1_000)
    switches = {cell: -1 - place for place, cell in enumerate(cells)}
    bounds = dict.fromkeys(cells, (0, open_upper))
    bounds |= {switch: (1 if cell in accused else 0, 1) for cell, switch in switches.items()}
    # Numbers below zero keep these rules and cells apart from those of the report.
    rules = dict(system.rules)
    for cell, switch in switches.items():
        lower, upper = cells[cell]
        rules[-len(rules) - 1] = Rule({cell: 1, switch: upper - open_upper}, -open_upper, upper)
        if lower:
            rules[-len(rules) - 1] = Rule({cell: 1, switch: lower}, lower, open_upper + lower)
    found: list[set[int]] = []
    while len(found) < MOST_SETS:
        try:
            solution = solve(System(rules), bounds, dict.fromkeys(switches.values(), 1), _SECONDS)
        except SolverError:
            break
        opened = {cell for cell, switch in switches.items() if solution and solution[switch]}
        if not opened or (found and len(opened) > len(found[0])):
            break
        found.append(opened)
        rules[-len(rules) - 1] = Rule({switches[cell]: 1 for cell in opened}, 0, len(opened) - 1)
    return found


def _bounds_with_opened(system: System, cells: Mapping[int, Interval], opened: Iterable[int]) -> Bounds | None:
    """Return what the rules leave each cell one by one if some can be anything; None if they leave one nothing."""
    bounds = {**cells, **dict.fromkeys(opened, (0, OPEN_UPPER))}
    return None if narrow(system, bounds) else bounds
