"""The exact bounds of each cell: the smallest and the largest number it is in any solution of all rules."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping

from reasoning.propagation import narrow
from reasoning.rules import Bounds, Interval, System
from reasoning.searching import find_witness
from reasoning.solver import solve


class ContradictionError(ValueError):
    """No whole numbers within the cells' intervals satisfy all rules."""


def exact_bounds(system: System, cells: Mapping[int, Interval], wanted: Collection[int] | None = None) -> Bounds:
    """Return, for each cell, the smallest and largest number that it is in any solution.

    Where only some cells are `wanted`, the bounds of the others may be too wide.

    Rules are first propagated one by one, which never cuts off a solution but may leave too much; then each end of
    each cell that is left open needs a witness, a solution that reaches it. Where trying finds none, integer
    programming says how far the end really is.

    Raises ContradictionError where no solution exists, SolverError where that cannot be told.
    """
    bounds = dict(cells)
    is_crossed = any(lower > upper for lower, upper in bounds.values())
    if is_crossed or narrow(system, bounds) is not None:
        raise ContradictionError
    for part, within in system.parts(bounds):
        if wanted is None:
            bounds.update(_reached(part, within, part.rules_of))
        elif some := [cell for cell in part.rules_of if cell in wanted]:
            reached = _reached(part, within, some)
            bounds.update({cell: reached[cell] for cell in some})
    return bounds


def _reached(part: System, within: Bounds, wanted: Iterable[int]) -> Bounds:
    """Return the exact bounds of some cells of one part, whose bounds are narrowed already and are used up."""
    witness = find_witness(part, within) or solve(part, within)
    if witness is None:
        raise ContradictionError
    reached = {cell: (number, number) for cell, number in witness.items()}
    for cell in wanted:
        for end, cost in ((0, 1), (1, -1)):
            if reached[cell][end] == within[cell][end]:
                continue
            witness = _witness_at(part, within, cell, within[cell][end]) or solve(part, within, {cell: cost})
            if witness is None:
                raise ContradictionError
            reached = {
                name: (min(lower, witness[name]), max(upper, witness[name])) for name, (lower, upper) in reached.items()
            }
            within[cell] = (reached[cell][0], within[cell][1]) if end == 0 else (within[cell][0], reached[cell][1])
    return reached


def _witness_at(part: System, bounds: Bounds, cell: int, number: int) -> dict[int, int] | None:
    """Return a solution in which the cell is this number, if trying finds one."""
    trial = {**bounds, cell: (number, number)}
    return find_witness(part, trial) if narrow(part, trial, part.rules_of[cell]) is None else None
