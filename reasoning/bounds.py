"""The exact bounds of each cell: the smallest and the largest value it has in any solution of all rules."""

from __future__ import annotations

from collections.abc import Sequence

from reasoning.searching import Domains, Interval, Rule, System
from reasoning.solving import solve


class ContradictionError(ValueError):
    """No whole numbers within the cells' intervals satisfy all rules."""


def exact_bounds(cells: Sequence[Interval], rules: Sequence[Rule]) -> list[Interval]:
    """Return, for each cell, the smallest and largest value that it has in any solution.

    A rule names cells by their index. Rules are first propagated one by one, which never cuts off a solution but
    may leave too much; then each end of each cell that is left open needs a witness, a solution that reaches it.
    Where trying finds none, integer programming says how far the end really is.

    Raises ContradictionError where no solution exists.
    """
    domains: Domains = dict(enumerate(cells))
    system = System(dict(enumerate(rules)))
    is_crossed = any(lower > upper for lower, upper in cells)
    if is_crossed or system.narrow(domains, system.rules) is not None:
        raise ContradictionError
    for part in system.parts(domains):
        domains.update(_reached(part, domains))
    return [domains[cell] for cell in range(len(cells))]


def _reached(part: System, domains: Domains) -> Domains:
    """Return the exact bounds of the cells of one part, whose domains are narrowed already."""
    within = {cell: domains[cell] for cell in part.rules_of}
    witness = part.guess(within) or solve(part, within)
    if witness is None:
        raise ContradictionError
    reached = {cell: (value, value) for cell, value in witness.items()}
    for cell in part.rules_of:
        for end, sense in ((0, 1), (1, -1)):
            if reached[cell][end] == within[cell][end]:
                continue
            witness = _witness(part, within, cell, within[cell][end]) or solve(part, within, cell=cell, sense=sense)
            if witness is None:
                raise ContradictionError
            reached = {
                name: (min(lower, witness[name]), max(upper, witness[name])) for name, (lower, upper) in reached.items()
            }
            within[cell] = (reached[cell][0], within[cell][1]) if end == 0 else (within[cell][0], reached[cell][1])
    return reached


def _witness(part: System, domains: Domains, cell: int, value: int) -> dict[int, int] | None:
    """Return a solution with this value of the cell, if trying finds one."""
    trial = {**domains, cell: (value, value)}
    if part.narrow(trial, part.rules_of[cell]) is not None:
        return None
    return part.guess(trial)
