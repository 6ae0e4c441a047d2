"""The smallest set that has a member of each of some sets: which cells to open so that no known conflict is left."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Sequence

from reasoning.budget import SETS_OF_A_STEP, SETS_TRIED_IN_A_STEP, Budget


class HittingSets:
    """Questions about the smallest hitting sets of one report's conflicts, with all answers kept for later ones.

    Inside, a set is a whole number with a bit for each cell. Conflicts fall into parts that share no cell; a part is
    worked out once, however many questions it returns in.
    """

    def __init__(self, budget: Budget) -> None:
        """Begin without any answers."""
        self._budget = budget
        self._bits: dict[int, int] = {}
        self._cells: list[int] = []
        self._needed: dict[frozenset[int], int] = {}
        """How many cells a part is known to need at least."""
        self._chosen: dict[frozenset[int], int] = {}
        """A smallest set of a part that is worked out."""

    def smallest(self, sets: Iterable[Collection[int]], sizes: range, barred: Iterable[int] = ()) -> set[int] | None:
        """Return as few cells as possible, at least one of each set and none that is `barred`.

        `sizes` run from a number of cells that is known to be needed to the most that will do. Exact. None if there is
        no such set. Raises GaveUpError.
        """
        allowed = ~self._mask(barred)
        masks = _without_supersets({self._mask(one) & allowed for one in sets})
        chosen = self._within(masks, sizes[-1], sizes[0]) if sizes else None
        return None if chosen is None else {self._cells[bit.bit_length() - 1] for bit in _members(chosen)}

    def _mask(self, cells: Iterable[int]) -> int:
        mask = 0
        for cell in sorted(cells):
            if cell not in self._bits:
                self._bits[cell] = 1 << len(self._cells)
                self._cells.append(cell)
            mask |= self._bits[cell]
        return mask

    def _within(self, sets: list[int], most: int, least: int = 0) -> int | None:
        """Return a smallest hitting set if it has at most `most` members; none has fewer than `least`."""
        self._budget.spend(1 + len(sets) // SETS_OF_A_STEP)
        chosen, sets = _reduced(sets)
        left = most - chosen.bit_count()
        if left < 0 or (sets and not sets[0]):
            return None
        parts = sorted(_parts(sets), key=len)
        needed = [max(self._needed.get(frozenset(part), 1), _count_apart(part)) for part in parts]
        left -= sum(needed)
        for place, part in enumerate(parts):
            if left < 0:
                return None
            # Those worked out before are exact, so that the last part must make up for what is needed in all.
            is_last = place == len(parts) - 1
            raised = max(0, least - chosen.bit_count() - needed[place]) if is_last else 0
            of_part = self._of_part(part, range(needed[place] + raised, needed[place] + left + 1))
            if of_part is None:
                return None
            left -= of_part.bit_count() - needed[place]
            chosen |= of_part
        return chosen if left >= 0 else None

    def _of_part(self, part: list[int], sizes: range) -> int | None:
        """Return a smallest hitting set of sets that hang together, if its size is one of `sizes`."""
        key = frozenset(part)
        for size in sizes:
            known = self._chosen.get(key)
            if known is None:
                known = self._branch(part, size)
            if known is not None and known.bit_count() <= size:
                self._chosen[key] = known
                self._needed[key] = known.bit_count()
                return known
            self._needed[key] = max(self._needed.get(key, 1), size + 1)
        return None

    def _branch(self, part: list[int], size: int) -> int | None:
        """Try each member of the smallest set in turn; one that was tried is out for those after it."""
        counts = Counter(bit for one in part for bit in _members(one))
        shortest = [one for one in part if one.bit_count() == part[0].bit_count()]
        pivot = max(shortest, key=lambda one: sum(counts[bit] for bit in _members(one)))
        members = sorted(_members(pivot), key=lambda bit: (-counts[bit], bit))
        barred = 0
        for member in members:
            self._budget.spend(1 + len(part) // SETS_TRIED_IN_A_STEP)
            rest = sorted({one & ~barred for one in part if not one & member}, key=int.bit_count)
            barred |= member
            if _count_apart(rest) < size:
                chosen = self._within(_without_supersets(rest), size - 1)
                if chosen is not None:
                    return chosen | member
        return None


def _reduced(sets: list[int]) -> tuple[int, list[int]]:
    """Return cells that some smallest hitting set has, and the sets that it must hit besides, shortest first.

    The only cell of a set is one; a cell that is in no set without a certain other one need not be considered.
    """
    chosen = 0
    while sets and sets[0]:
        alone = 0
        for one in sets:
            if one & (one - 1):
                break
            alone |= one
        if alone:
            chosen |= alone
            sets = [one for one in sets if not one & alone]
            continue
        idle = _dominated(sets)
        if not idle:
            break
        sets = _without_supersets({one & ~idle for one in sets})
    return chosen, sets


def _dominated(sets: Sequence[int]) -> int:
    """Return cells each of which can be replaced by another one, which stays, in all sets that it is in."""
    always_with: dict[int, int] = {}
    counts: dict[int, int] = {}
    for one in sets:
        rest = one
        while rest:
            bit = rest & -rest
            rest ^= bit
            if bit in counts:
                counts[bit] += 1
                always_with[bit] &= one
            else:
                counts[bit] = 1
                always_with[bit] = one
    idle = 0
    replaceable = [bit for bit, others in always_with.items() if others != bit]
    for bit in sorted(replaceable, key=lambda bit: (counts[bit], -bit)):
        if always_with[bit] & ~idle & ~bit:
            idle |= bit
    return idle


def _without_supersets(sets: Iterable[int]) -> list[int]:
    """Return the sets that hold no other one, shortest first."""
    kept: list[int] = []
    for one in sorted(sets, key=lambda one: (one.bit_count(), one)):
        for shorter in kept:
            if one & shorter == shorter:
                break
        else:
            kept.append(one)
    return kept


def _parts(sets: Sequence[int]) -> list[list[int]]:
    """Return the sets in parts that share no cell."""
    parts: list[tuple[int, list[int]]] = []
    for one in sets:
        touched = [part for part in parts if part[0] & one]
        cells, members = one, [one]
        for of_part, sets_of_part in touched:
            cells |= of_part
            members = sets_of_part + members
        parts = [part for part in parts if not part[0] & one]
        parts.append((cells, members))
    return [sorted(members, key=lambda one: (one.bit_count(), one)) for _, members in parts]


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
