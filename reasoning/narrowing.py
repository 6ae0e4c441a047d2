"""Which rules pin or narrow a cell: few of them, and none that could be left out."""

from __future__ import annotations

from collections.abc import Sequence

from reasoning.searching import Interval, Rule, System
from reasoning.solving import solve


def narrowing_rules(cells: Sequence[Interval], rules: Sequence[Rule], cell: int, bounds: Interval) -> list[int]:
    """Return the indexes of rules from which it follows that the cell lies within `bounds`, its exact bounds.

    For each end of the interval apart, none of its rules can be left out. There may be other such sets, also
    smaller ones. Empty where the cell's own interval is no wider than `bounds`.
    """
    lower, upper = cells[cell]
    connected = _connected(cells, rules, cell)
    found: set[int] = set()
    if bounds[0] > lower:
        found |= _irreducible(cells, connected, cell, (lower, bounds[0] - 1))
    if bounds[1] < upper:
        found |= _irreducible(cells, connected, cell, (bounds[1] + 1, upper))
    return sorted(found)


def _connected(cells: Sequence[Interval], rules: Sequence[Rule], cell: int) -> dict[int, Rule]:
    """Return the rules that have anything to do with the cell, through cells of more than one value."""
    parts = System(dict(enumerate(rules))).parts(dict(enumerate(cells)))
    return next((dict(part.rules) for part in parts if cell in part.rules_of), {})


def _irreducible(cells: Sequence[Interval], rules: dict[int, Rule], cell: int, excluded: Interval) -> set[int]:
    """Return the numbers of rules that exclude the interval for the cell, none of which can be left out."""
    needed = _refutation(cells, rules, cell, excluded)
    if needed is None:
        message = f"cell {cell} may lie in {excluded}"
        raise ValueError(message)
    # Long sums first: what is left is then told in few lines.
    for number in sorted(needed, key=lambda number: (-len(rules[number].coefficients), number)):
        if number in needed:
            fewer = {other: rules[other] for other in sorted(needed - {number})}
            needed = _refutation(cells, fewer, cell, excluded) or needed
    return needed


def _refutation(cells: Sequence[Interval], rules: dict[int, Rule], cell: int, excluded: Interval) -> set[int] | None:
    """Return the numbers of rules that exclude the interval for the cell; None where all together do not."""
    system = System(rules)
    domains = {**dict(enumerate(cells)), cell: excluded}
    used = system.narrow(domains, system.rules)
    if used is not None:
        return used
    for part in system.parts(domains):
        if part.guess(domains) is None and solve(part, domains) is None:
            # The rules outside this part may have narrowed it, so all of them count until left out one by one.
            return set(rules)
    return None
