"""Whether any whole numbers satisfy all rules at once.

A witness, numbers that do, is looked for first: fix the cell with the fewest possibilities, propagate, go on. It is
found at once where rules are ordinary sums. Only where that fails does a solver for integer programs decide.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable

from reasoning.propagation import Propagation
from reasoning.rules import Interval, Rules, components, without_fixed_cells


def contradictory_cells(rules: Rules) -> set[int]:
    """Return the cells of each part of the rules that no numbers satisfy."""
    return {cell for part in components(without_fixed_cells(rules)) if not is_satisfiable(part) for cell in part.cells}


def is_satisfiable(rules: Rules) -> bool:
    """Say whether whole numbers exist that satisfy all rules. Exact: propagation, a witness, or the solver."""
    propagation = Propagation(rules)
    bounds = propagation.tightened(rules.cells)
    if bounds is None:
        return False
    if _witness(propagation, bounds) is not None:
        return True
    from reasoning import solver

    return solver.is_satisfiable(rules.with_cells(bounds))


def find_witness(rules: Rules) -> dict[int, int] | None:
    """Return numbers that satisfy all rules, or None if the search comes to a dead end, which proves nothing."""
    propagation = Propagation(rules)
    bounds = propagation.tightened(rules.cells)
    return None if bounds is None else _witness(propagation, bounds)


def _witness(propagation: Propagation, bounds: dict[int, Interval]) -> dict[int, int] | None:
    for preference in (_from_the_lower_end, _from_the_upper_end, _from_the_middle):
        found = _dive(propagation, bounds, preference)
        if found is not None:
            return found
    return None


def _dive(
    propagation: Propagation, bounds: dict[int, Interval], preference: Callable[[int, int], Iterable[int]]
) -> dict[int, int] | None:
    """Fix cells one after another, the narrowest first, each to the preferred number that propagation allows."""
    while True:
        open_cells = [cell for cell, (lower, upper) in bounds.items() if lower < upper]
        if not open_cells:
            return {cell: lower for cell, (lower, _) in bounds.items()}
        narrowest = min(open_cells, key=lambda cell: (bounds[cell][1] - bounds[cell][0], -propagation.rule_count(cell)))
        tries = (
            propagation.tightened({**bounds, narrowest: (number, number)}, [narrowest])
            for number in preference(*bounds[narrowest])
        )
        fixed = next((found for found in tries if found is not None), None)
        if fixed is None:
            return None
        bounds = fixed


def _from_the_lower_end(lower: int, upper: int) -> Iterable[int]:
    return range(lower, upper + 1)


def _from_the_upper_end(lower: int, upper: int) -> Iterable[int]:
    return range(upper, lower - 1, -1)


def _from_the_middle(lower: int, upper: int) -> Iterable[int]:
    return sorted(range(lower, upper + 1), key=lambda number: abs(2 * number - lower - upper))
