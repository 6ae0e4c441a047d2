"""The smallest set that has a member of each of some sets: which cells to open so that no known conflict is left."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable

from reasoning.budget import SETS_TRIED_IN_A_STEP, STEPS_OF_A_SET, STEPS_OF_TRYING, Budget
from reasoning.covering import smallest_cover
from reasoning.exchanging import exchanged
from reasoning.masks import count_apart, members, parts_of, reduced, union, without_supersets


class _TooHardError(Exception):
    """Trying took too many steps, so that the solver is asked."""


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
        self._unlike: dict[tuple[frozenset[int], int], int] = {}
        """One of a part that lacks some cells, where there is one."""
        self._tries: int | None = None
        """The steps that are left for trying in the part at hand; None between parts."""

    def smallest(self, sets: Iterable[Collection[int]], sizes: range) -> set[int] | None:
        """Return as few cells as possible, at least one of each set.

        `sizes` run from a number of cells that is known to be needed to the most that will do. Exact. None if there is
        no such set. Raises GaveUpError.
        """
        masks = without_supersets({self._mask(one) for one in sets})
        chosen = self._within(masks, sizes[-1], sizes[0]) if sizes else None
        return None if chosen is None else self._cells_of(chosen)

    def unlike(
        self, sets: Iterable[Collection[int]], one: Collection[int], cells: Collection[int], in_all: set[int]
    ) -> set[int]:
        """Return a smallest set that lacks some of `cells`; where it has all of them, so has every smallest set.

        `one` is a smallest set that has all of `cells`. As soon as some of them are known to be in all smallest sets,
        they are added to `in_all`. Raises GaveUpError.
        """
        dear, all_of_one = self._mask(cells), self._mask(one)
        chosen = 0
        # What is easy first, so that it is known if the steps do not suffice for all.
        for part in sorted(parts_of(without_supersets({self._mask(one) for one in sets})), key=len):
            self._budget.spend(1 + STEPS_OF_A_SET * len(part))
            of_one = all_of_one & union(part)
            chosen |= self._unlike_in_part(part, of_one, dear, in_all) if dear & of_one else of_one
        return self._cells_of(chosen)

    def _unlike_in_part(self, part: list[int], of_one: int, dear: int, in_all: set[int]) -> int:
        """Return a smallest hitting set of a part, without some `dear` members unless all have them."""
        key = (frozenset(part), dear & of_one)
        if key not in self._unlike:
            chosen = exchanged(part, of_one, key[1], self._budget)
            if not key[1] & ~chosen:
                chosen, rest = reduced(part, key[1])
                in_all |= self._cells_of(chosen & key[1])
                for smaller in sorted(parts_of(rest), key=len):
                    dear_in_it = key[1] & union(smaller)
                    found = self._unlike_in_smaller(smaller, dear_in_it)
                    if not dear_in_it & ~found:
                        in_all |= self._cells_of(dear_in_it)
                    chosen |= found
            self._unlike[key] = chosen
        return self._unlike[key]

    def _unlike_in_smaller(self, part: list[int], dear: int) -> int:
        self._tries = STEPS_OF_TRYING
        try:
            return self._unlike_by_trying(part, dear)
        except _TooHardError:
            return smallest_cover(part, dear, self._budget)
        finally:
            self._tries = None

    def _unlike_by_trying(self, part: list[int], dear: int) -> int:
        chosen = self._within(part, len(part))
        if chosen is None:
            message = "nothing hits an empty set"
            raise ValueError(message)
        barred = 0
        for cell in members(dear):
            if chosen & cell:
                size = chosen.bit_count()
                other = self._within(without_supersets({one & ~(barred | cell) for one in part}), size, size)
                if other is None:
                    continue
                chosen = other
            barred |= cell
        return chosen

    def _cells_of(self, mask: int) -> set[int]:
        return {self._cells[bit.bit_length() - 1] for bit in members(mask)}

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
        self._spend(1 + STEPS_OF_A_SET * len(sets))
        chosen, sets = reduced(sets)
        left = most - chosen.bit_count()
        if left < 0 or (sets and not sets[0]):
            return None
        parts = sorted(parts_of(sets), key=len)
        needed = [max(self._needed.get(frozenset(part), 1), count_apart(part)) for part in parts]
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
        """Return a smallest hitting set of sets that hang together, if its size is one of `sizes`.

        It is found by trying; where that takes too many steps, by the solver.
        """
        if self._tries is not None:
            return self._by_trying(part, sizes)
        self._tries = STEPS_OF_TRYING
        try:
            return self._by_trying(part, sizes)
        except _TooHardError:
            chosen = smallest_cover(part, 0, self._budget)
            key = frozenset(part)
            self._chosen[key] = chosen
            self._needed[key] = chosen.bit_count()
            return chosen if chosen.bit_count() in sizes else None
        finally:
            self._tries = None

    def _by_trying(self, part: list[int], sizes: range) -> int | None:
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

    def _spend(self, steps: int) -> None:
        self._budget.spend(steps)
        if self._tries is not None:
            self._tries -= steps
            if self._tries < 0:
                raise _TooHardError

    def _branch(self, part: list[int], size: int) -> int | None:
        """Try each member of the smallest set in turn; one that was tried is out for those after it."""
        counts = Counter(bit for one in part for bit in members(one))
        shortest = [one for one in part if one.bit_count() == part[0].bit_count()]
        pivot = max(shortest, key=lambda one: sum(counts[bit] for bit in members(one)))
        barred = 0
        for member in sorted(members(pivot), key=lambda bit: (-counts[bit], bit)):
            self._spend(1 + len(part) // SETS_TRIED_IN_A_STEP)
            missed = [one for one in part if not one & member]
            rest = without_supersets(
                {one & ~barred for one in missed}, {one & ~barred for one in missed if one & barred}
            )
            barred |= member
            if count_apart(rest) < size:
                chosen = self._within(rest, size - 1)
                if chosen is not None:
                    return chosen | member
        return None
