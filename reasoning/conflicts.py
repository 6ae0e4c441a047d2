"""Which printed figures cannot all be right, given that some are open: what sets of wrong figures are made from."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping

from reasoning.budget import Budget
from reasoning.propagation import narrow
from reasoning.rules import Bounds, Interval, System

_NO_LIMITS: Mapping[int, Interval] = {}


class Conflicts:
    """The conflicts in the rules of one report: sets of cells of which at least one must be wrong."""

    def __init__(self, system: System, cells: Mapping[int, Interval], open_interval: Interval, budget: Budget) -> None:
        """Keep the rules, the numbers that each cell can be, and those that it can be once it is opened."""
        self._budget = budget
        self._system = system
        self._cells = dict(cells)
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

    def of_each_rule(self, opened: Iterable[int]) -> list[set[int]]:
        """Return a conflict of each rule that fails by itself while `opened` cells may be any number; GaveUpError."""
        ranges = dict.fromkeys(opened, self._open_interval)
        return [
            self._shrunk([number], ranges)
            for number in self._failing
            if ranges.keys().isdisjoint(self._system.rules[number].coefficients)
        ]

    def among_closed(self, opened: Iterable[int], limits: Mapping[int, Interval] = _NO_LIMITS) -> list[set[int]]:
        """Return conflicts that remain when `opened` cells may be any number; none share a cell.

        An opened cell with `limits` may only be a number within them. Cells that explain everything are one of each
        conflict, or more. An empty conflict cannot be explained at all. That none is left is no proof: propagation
        found none. Conflicts of stars alone are looked for only where there is no other, as that takes as long as all
        else. Raises GaveUpError.
        """
        ranges = dict.fromkeys(opened, self._open_interval) | dict(limits)
        found: list[set[int]] = []
        while used := self._refutation(ranges, self._failing) or (
            set() if found else self._refutation(ranges, self._telling)
        ):
            found.append(self._shrunk(used, ranges))
            if not found[-1]:
                break
            ranges |= dict.fromkeys(found[-1], self._open_interval)
        return found

    def _refutation(self, ranges: Mapping[int, Interval], rules: Iterable[int]) -> set[int]:
        """Return rules that cannot hold together, none of which can be left out; empty where none are found.

        They are looked for from `rules` and those of the opened cells on.
        """
        of_opened = (number for cell in sorted(ranges) for number in self._system.rules_of.get(cell, ()))
        contradiction = narrow(self._system, {**self._cells, **ranges}, [*rules, *of_opened], self._budget)
        used = contradiction.rules() if contradiction else set()
        # Long sums first: the fewer cells a conflict has, the more it says.
        for number in sorted(used, key=lambda number: (-len(self._system.rules[number].coefficients), number)):
            if number in used and len(used) > 1:
                fewer = System({other: self._system.rules[other] for other in sorted(used - {number})})
                contradiction = narrow(fewer, self._bounds(fewer.rules_of, ranges), budget=self._budget)
                used = contradiction.rules() if contradiction else used
        return used

    def _shrunk(self, used: Collection[int], ranges: Mapping[int, Interval]) -> set[int]:
        """Return closed cells of rules that cannot hold together, without those that could not mend that."""
        rules = System({number: self._system.rules[number] for number in sorted(used)})
        bounds = self._bounds(rules.rules_of, ranges)
        conflict = {cell for cell in rules.rules_of if cell not in ranges}
        # Small figures first: the less a cell has room for, the likelier it is that it could not mend anything.
        for cell in sorted(conflict, key=lambda cell: (len(rules.rules_of[cell]), self._cells[cell], cell)):
            trial = {**bounds, cell: self._open_interval}
            if narrow(rules, dict(trial), budget=self._budget) is not None:
                bounds = trial
                conflict.remove(cell)
        return conflict

    def _bounds(self, cells: Iterable[int], ranges: Mapping[int, Interval]) -> Bounds:
        return {cell: ranges.get(cell, self._cells[cell]) for cell in cells}
