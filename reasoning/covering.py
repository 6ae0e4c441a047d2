"""The smallest hitting set by integer programming, where trying would take too long."""

from __future__ import annotations

from collections.abc import Sequence

from reasoning.budget import NODES_OF_A_COVER, STEPS_OF_A_COVER, Budget, GaveUpError
from reasoning.masks import members, union
from reasoning.rules import Rule, System
from reasoning.solver import SolverError, solve


def smallest_cover(sets: Sequence[int], dear: int, budget: Budget) -> int:
    """Return as few cells as possible that hit all sets, and of such cells some with as few `dear` ones as can be.

    Raises GaveUpError, also where the solver gives up.
    """
    cells = list(members(union(sets)))
    places = {cell: place for place, cell in enumerate(cells)}
    rules = {number: Rule({places[cell]: 1 for cell in members(one)}, 1, len(cells)) for number, one in enumerate(sets)}
    # One cell less is worth more than all that are dear.
    dearest = dear.bit_count() + 1
    costs = {place: dearest + bool(cell & dear) for cell, place in places.items()}
    budget.spend(STEPS_OF_A_COVER)
    try:
        found = solve(System(rules), dict.fromkeys(costs, (0, 1)), costs, NODES_OF_A_COVER, budget)
    except SolverError as error:
        raise GaveUpError from error
    if found is None:
        message = "nothing hits an empty set"
        raise ValueError(message)
    return sum(cells[place] for place, is_chosen in found.items() if is_chosen)
