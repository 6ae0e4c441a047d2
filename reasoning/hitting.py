"""The smallest set that has a member of each of some sets: which cells to open so that no known conflict is left."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Sequence

from reasoning.budget import NODES_OF_A_QUESTION, SETS_OF_A_STEP, STEPS_OF_A_CELL, Budget
from reasoning.rules import Rule, System
from reasoning.solver import SolverError, solve

_MOST_STEPS = 50_000
"""How many choices are tried before the solver is asked; few questions take more than 500."""


class _TooManyStepsError(Exception):
    """Trying came to no end."""


def smallest_hitting_set(
    sets: Sequence[Collection[int]], excluded: Sequence[Collection[int]], sizes: range, budget: Budget
) -> set[int] | None:
    """Return as few cells as possible, at least one of each set but not all of an `excluded` one. Exact.

    `sizes` run from a number of cells that is known to be needed to the most that will do. None if there is no such
    set, or the solver gives up. Raises GaveUpError.
    """
    counts = Counter(cell for one in sets for cell in one)
    cells = sorted(counts, key=lambda cell: (-counts[cell], cell))
    bits = {cell: 1 << place for place, cell in enumerate(cells)}
    within_reach = [one for one in excluded if bits.keys() >= set(one)]
    masks = [sum(bits[cell] for cell in one) for one in sets]
    excluded_masks = [sum(bits[cell] for cell in one) for one in within_reach]
    steps = iter(range(_MOST_STEPS))
    for size in sizes:
        try:
            chosen = _hitting_set_within(masks, excluded_masks, size, steps, budget)
        except _TooManyStepsError:
            budget.spend(STEPS_OF_A_CELL * len(cells))
            return _smallest_by_solver(sets, within_reach, range(size, sizes.stop))
        if chosen is not None:
            return {cell for cell in cells if bits[cell] & chosen}
    return None


def _hitting_set_within(
    sets: list[int], excluded: list[int], size: int, steps: Iterator[int], budget: Budget
) -> int | None:
    """Return a set of at most `size` members. Sets are whole numbers with a bit for each, those in most sets lowest.

    One member of the smallest set left must be in: each is tried in turn, and one that was tried is out for those after
    it. As many sets as have nothing in common need as many members.
    """
    waiting = [(sets, 0, 0, 0)]
    while waiting:
        if next(steps, None) is None:
            raise _TooManyStepsError
        unhit, member, chosen, barred = waiting.pop()
        budget.spend(1 + len(unhit) // SETS_OF_A_STEP)
        chosen |= member
        left = sorted((one & ~barred for one in unhit if not one & member), key=int.bit_count)
        if not left:
            if not any(one & chosen == one for one in excluded):
                return chosen
        elif left[0] and _count_apart(left) <= size - chosen.bit_count():
            branches = []
            for other in _members(left[0]):
                branches.append((left, other, chosen, barred))
                barred |= other
            waiting.extend(reversed(branches))
    return None


def _count_apart(sets: Iterable[int]) -> int:
    """Return how many sets, taken in turn, share no member with one taken before."""
    members = count = 0
    for one in sets:
        if not one & members:
            members |= one
            count += 1
    return count


def _members(one: int) -> Iterator[int]:
    while one:
        lowest = one & -one
        yield lowest
        one ^= lowest


def _smallest_by_solver(
    sets: Sequence[Collection[int]], excluded: Sequence[Collection[int]], sizes: range
) -> set[int] | None:
    """Ask the solver. Told how many cells are needed, it stops at the first set of that size."""
    cells = dict.fromkeys(sorted({cell for one in sets for cell in one}), 1)
    rules = [Rule(dict.fromkeys(sorted(one), 1), 1, max(len(one), 1)) for one in sets]
    rules += [Rule(dict.fromkeys(sorted(one), 1), 0, len(one) - 1) for one in excluded]
    rules.append(Rule(cells, sizes[0], sizes[-1]))
    try:
        solution = solve(System(dict(enumerate(rules))), dict.fromkeys(cells, (0, 1)), cells, NODES_OF_A_QUESTION)
    except SolverError:
        return None
    return {cell for cell, is_in in solution.items() if is_in} if solution is not None else None
