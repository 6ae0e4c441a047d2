"""Other sets of the same size, found by exchanging a cell for another one, or two for two: quick, not exhaustive."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from reasoning.budget import SETS_EXCHANGED_IN_A_STEP, Budget
from reasoning.masks import members


def exchanged(sets: Sequence[int], chosen: int, dear: int, budget: Budget) -> int:
    """Return as many cells that hit all sets as `chosen` do, with others for the `dear` ones that this finds some for.

    None of those that come in is dear. Raises GaveUpError.
    """
    for cell in members(chosen & dear):
        if chosen & cell:
            chosen = _without(cell, sets, chosen, dear, budget)
    return chosen


def _without(cell: int, sets: Sequence[int], chosen: int, dear: int, budget: Budget) -> int:
    others = chosen & ~cell
    alone = [one for one in sets if not one & others]
    # What only one of the others hits: it must stay unless what comes in hits that as well.
    thin = [(one, hit) for one in sets if (hit := one & others) and not hit & (hit - 1)]
    budget.spend(1 + len(sets) // SETS_EXCHANGED_IN_A_STEP)
    for instead in _pairs(alone, ~(chosen | dear)):
        if instead.bit_count() == 1:
            return others | instead
        budget.spend(1 + len(thin) // SETS_EXCHANGED_IN_A_STEP)
        needed = 0
        for one, hit in thin:
            if not one & instead:
                needed |= hit
        if idle := others & ~needed:
            return (others & ~(idle & -idle)) | instead
    return chosen


def _pairs(sets: Sequence[int], allowed: int) -> Iterator[int]:
    """Yield allowed cells that hit all sets: single ones, then two together."""
    common = allowed
    for one in sets:
        common &= one
    yield from members(common)
    shortest = min(sets, key=int.bit_count) & allowed & ~common
    for first in members(shortest):
        seconds = allowed
        for one in sets:
            if not one & first:
                seconds &= one
        for second in members(seconds & ~common):
            yield first | second
