"""Which printed figures cannot all be right, given that some are open: what sets of wrong figures are made from."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping

from reasoning.budget import Budget
from reasoning.propagation import narrow
from reasoning.rules import Bounds, Interval, System


class Conflicts:
    """The conflicts in the rules of one report: sets of cells of which at least one must be wrong."""

    def __init__(self, system: System, cells: Mapping[int, Interval], open_interval: Interval, budget: Budget) -> None:
        """Keep the rules, the numbers that each cell can be, and those that it can be once it is opened."""
        self._budget = budget
        self._system = system
        self._cells = cells
        self._open_interval = open_interval
        sums = {number: rule.least_and_greatest_sum(cells) for number, rule in system.rules.items()}
        # A rule that holds whatever its stars are says nothing until one of its cells is opened.
        self._telling = [
            number
            for number, rule in system.rules.items()
            if sums[number][0] < rule.lower or sums[number][1] > rule.upper
        ]
        self._failing = [
            number
            for number, rule in system.rules.items()
            if sums[number][0] > rule.upper or sums[number][1] < rule.lower
        ]

    def among_closed(self, opened: Iterable[int]) -> list[set[int]]:
        """Return conflicts that remain when `opened` cells may be any number; none share a cell.

        Cells that explain everything are one of each, or more. An empty conflict cannot be explained at all. That none
        is left is no proof: propagation found none. Conflicts of stars alone are looked for only where there is no
        other, as that takes as long as all else. Raises GaveUpError.
        """
        opened = set(opened)
        found: list[set[int]] = []
        while used := self._refutation(opened, self._failing) or (
            set() if found else self._refutation(opened, self._telling)
        ):
            found.append({cell for rule in used for cell in self._system.rules[rule].coefficients} - opened)
            if not found[-1]:
                break
            opened |= found[-1]
        return found

    def _refutation(self, opened: set[int], rules: Iterable[int]) -> set[int]:
        """Return rules that cannot hold together, none of which can be left out; empty where none are found.

        They are looked for from `rules` and those of the opened cells on.
        """
        of_opened = (number for cell in sorted(opened) for number in self._system.rules_of[cell])
        contradiction = narrow(self._system, self._bounds(self._cells, opened), [*rules, *of_opened], self._budget)
        used = contradiction.rules() if contradiction else set()
        # Long sums first: the fewer cells a conflict has, the more it says.
        for number in sorted(used, key=lambda number: (-len(self._system.rules[number].coefficients), number)):
            if number in used:
                fewer = System({other: self._system.rules[other] for other in sorted(used - {number})})
                contradiction = narrow(fewer, self._bounds(fewer.rules_of, opened), budget=self._budget)
                used = contradiction.rules() if contradiction else used
        return used

    def _bounds(self, cells: Iterable[int], opened: Collection[int]) -> Bounds:
        return {cell: self._open_interval if cell in opened else self._cells[cell] for cell in cells}
