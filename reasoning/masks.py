"""Sets of cells as whole numbers with a bit for each cell, and what their smallest hitting sets need not consider."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence


def reduced(sets: list[int], dear: int = 0) -> tuple[int, list[int]]:
    """Return cells that some smallest hitting set has, and the sets that it must hit besides, shortest first.

    The only cell of a set is one; a cell that is in no set without a certain other one need not be considered. Of the
    smallest ones, it is one with as few `dear` cells as can be.
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
        idle = _dominated(sets, dear)
        if not idle:
            break
        sets = without_supersets({one & ~idle for one in sets}, {one & ~idle for one in sets if one & idle})
    return chosen, sets


def _dominated(sets: Sequence[int], dear: int) -> int:
    """Return cells each of which can be replaced by another one, which stays, in all sets that it is in.

    A dear cell replaces none that is not.
    """
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
        others = always_with[bit] & ~idle & ~bit
        if others if bit & dear else others & ~dear:
            idle |= bit
    return idle


def without_supersets(sets: Iterable[int], shorter: Iterable[int] | None = None) -> list[int]:
    """Return the sets that hold no other one, shortest first.

    Where it is known which of them may lie in another one, `shorter` has these.
    """
    unique = sorted(set(sets), key=lambda one: (one.bit_count(), one))
    if unique and not unique[0]:
        return unique[:1]
    by_lowest: dict[int, list[int]] = {}
    for one in unique if shorter is None else shorter:
        by_lowest.setdefault(one & -one, []).append(one)
    lowest_of_all = union(by_lowest)
    return [one for one in unique if not _holds_another(one, one & lowest_of_all, by_lowest)]


def _holds_another(one: int, rest: int, by_lowest: Mapping[int, Sequence[int]]) -> bool:
    while rest:
        lowest = rest & -rest
        rest ^= lowest
        for other in by_lowest[lowest]:
            if one & other == other and other != one:
                return True
    return False


def parts_of(sets: Sequence[int]) -> list[list[int]]:
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


def count_apart(sets: Iterable[int]) -> int:
    """Return how many sets, taken in turn, share no member with one taken before."""
    members = count = 0
    for one in sets:
        if not one & members:
            members |= one
            count += 1
    return count


def members(one: int) -> Iterator[int]:
    """Yield the cells of a set, one bit each."""
    while one:
        lowest = one & -one
        yield lowest
        one ^= lowest


def union(sets: Iterable[int]) -> int:
    """Return the cells of all sets."""
    cells = 0
    for one in sets:
        cells |= one
    return cells
