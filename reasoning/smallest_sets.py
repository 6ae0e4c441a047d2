"""The smallest sets of cells that explain a wrong report, which of their cells are in all of them, and within what."""

from __future__ import annotations

from collections.abc import Mapping

from reasoning.budget import Budget
from reasoning.conflicts import Conflicts
from reasoning.feasibility import contradictory_cells
from reasoning.hitting_sets import HittingSets
from reasoning.opening import OPEN, OPEN_UPPER, bounds_with_opened, cells_around, with_opened
from reasoning.rules import Bounds, Interval, System

_NO_LIMITS: Mapping[int, Interval] = {}


class SmallestSets:
    """The search for smallest sets in one report, which remembers every conflict that it learned.

    A set must have a cell of each known conflict; where the smallest such set leaves another conflict, that is known as
    well, and so on until none is left. All methods raise GaveUpError.
    """

    def __init__(self, system: System, cells: Mapping[int, Interval], accused: set[int], budget: Budget) -> None:
        """Begin with the rules, the numbers that each cell can be, and the cells that are in every set."""
        self._system = system
        self._cells = cells
        self._accused = accused
        self._budget = budget
        self._conflicts = Conflicts(system, cells, OPEN, budget)
        self._hitting_sets = HittingSets(budget)
        self._known = [{cell} for cell in sorted(accused)]

    def any(self) -> Bounds | None:
        """Return one of the smallest sets, with what the rules leave each cell; None if nothing explains."""
        self._known += self._conflicts.of_each_rule(self._accused)
        return self._search(range(len(self._accused), len(self._cells) + 1))

    def unlike(self, one: Bounds, cells: set[int], certain: set[int]) -> Bounds | None:
        """Return a smallest set that lacks some of the `cells` of another `one`; None if there is none.

        As soon as some of them are known to be in every smallest set, they are added to `certain`.
        """
        while True:
            opened = self._hitting_sets.unlike(self._known, one.keys(), cells, certain)
            if cells <= opened:
                return None
            explained = self._explained_by(opened, self._known)
            if explained is not None:
                return explained

    def around(self, cell: int, interval: Interval, size: int) -> Interval:
        """Return an interval for a cell that is in all smallest sets, wide enough for each of them.

        `interval` is what one of them, of this size, leaves the cell. The search is for another one that leaves it a
        smaller or a greater number, until there is none.
        """
        lower, upper = interval
        sizes = range(size, size + 1)
        while lower > 0 and (found := self._search(sizes, limits={cell: (0, lower - 1)})):
            lower = found[cell][0]
        while upper < OPEN_UPPER and (found := self._search(sizes, limits={cell: (upper + 1, OPEN_UPPER)})):
            upper = found[cell][1]
        return lower, upper

    def _search(self, sizes: range, limits: Mapping[int, Interval] = _NO_LIMITS) -> Bounds | None:
        """Return a smallest set of one of these sizes, with the cells in `limits`; None if there is none."""
        # What contradicts the limits of a cell does not contradict the report.
        known = [*self._known, *({cell} for cell in limits)] if limits else self._known
        while True:
            opened = self._hitting_sets.smallest(known, sizes)
            if opened is None:
                return None
            sizes = range(len(opened), sizes.stop)
            explained = self._explained_by(opened, known, limits)
            if explained is not None:
                return explained

    def _explained_by(
        self, opened: set[int], known: list[set[int]], limits: Mapping[int, Interval] = _NO_LIMITS
    ) -> Bounds | None:
        """Return what the rules leave opened cells if they explain everything; if not, add to the known conflicts."""
        new = self._conflicts.among_closed(opened, limits)
        if not new:
            bounds = bounds_with_opened(self._system, self._cells, opened, self._budget, limits)
            contradictory = contradictory_cells(self._system, bounds, self._budget) if bounds else set(self._cells)
            if bounds and not contradictory:
                return {cell: bounds[cell] for cell in sorted(opened)}
            opened_cells = with_opened(self._cells, opened, limits)
            new = [cells_around(self._system, opened_cells, contradictory) - opened]
        known += new
        return None
