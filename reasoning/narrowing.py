"""Which rules pin or narrow a cell: few of them, and none that could be left out."""

from __future__ import annotations

from collections.abc import Mapping

from reasoning.propagation import narrow
from reasoning.rules import Bounds, Interval, Rule, System
from reasoning.searching import find_witness
from reasoning.solver import solve


def narrowing_rules(system: System, cells: Mapping[int, Interval], cell: int, bounds: Interval) -> list[int]:
    """Return the numbers of rules from which it follows that the cell lies within `bounds`, its exact bounds.

    For each end of the interval apart, none of its rules can be left out. There may be other such sets, also
    smaller ones. Empty where the cell's own interval is no wider than `bounds`.
    """
    lower, upper = cells[cell]
    excluded = [(lower, bounds[0] - 1), (bounds[1] + 1, upper)]
    if all(least > greatest for least, greatest in excluded):
        return []
    parts = (part for part in system.parts(dict(cells)) if cell in part[1])
    connected, within = next(parts, (System({}), {}))
    found: set[int] = set()
    for interval in excluded:
        if interval[0] <= interval[1]:
            found |= _irreducible(connected.rules, {**within, cell: interval})
    return sorted(found)


def _irreducible(rules: Mapping[int, Rule], cells: Bounds) -> set[int]:
    """Return the numbers of rules that contradict the cells' bounds, none of which can be left out."""
    needed = _refutation(rules, cells)
    if needed is None:
        message = "a solution lies outside the bounds given"
        raise ValueError(message)
    # Long sums first: what is left is then told in few lines.
    for number in sorted(needed, key=lambda number: (-len(rules[number].coefficients), number)):
        if number in needed:
            fewer = {other: rules[other] for other in sorted(needed - {number})}
            needed = _refutation(fewer, cells) or needed
    return needed


def _refutation(rules: Mapping[int, Rule], cells: Bounds) -> set[int] | None:
    """Return the numbers of rules that contradict the cells' bounds; None where all together do not."""
    system = System(rules)
    bounds = dict(cells)
    if (contradiction := narrow(system, bounds)) is not None:
        return contradiction.rules()
    for part, within in system.parts(bounds):
        if find_witness(part, within) is None and solve(part, within) is None:
            # The rules outside this part may have narrowed it, so all of them count until left out one by one.
            return set(rules)
    return None
