"""Which printed figures cannot all be right, given that some are open: what sets of wrong figures are made from."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping

from reasoning.propagation import narrow
from reasoning.rules import Bounds, Interval, Rule, System


class Conflicts:
    """The conflicts in the rules of one report: sets of cells of which at least one must be wrong."""

    def __init__(self, system: System, cells: Mapping[int, Interval], open_interval: Interval) -> None:
        """Keep the rules, the numbers that each cell can be, and those that it can be once it is opened."""
        self._system = system
        self._cells = cells
        self._open_interval = open_interval
        # A rule on printed numbers that holds says nothing until one of its cells is opened.
        telling = [rule for rule in system.rules.values() if not self._holds_as_printed(rule)]
        self._watched = dict.fromkeys(cell for rule in telling for cell in rule.coefficients)

    def among_closed(self, opened: Iterable[int]) -> list[set[int]]:
        """Return conflicts that remain when `opened` cells may be any number; none share a cell.

        Cells that explain everything are one of each, or more. An empty conflict cannot be explained at all. That none
        is left is no proof: propagation found none.
        """
        opened = set(opened)
        found: list[set[int]] = []
        while used := self._refutation(opened):
            found.append({cell for rule in used for cell in self._system.rules[rule].coefficients} - opened)
            if not found[-1]:
                break
            opened |= found[-1]
        return found

    def _refutation(self, opened: set[int]) -> set[int]:
        """Return rules that cannot hold together, none of which can be left out; empty where none are found."""
        contradiction = narrow(self._system, self._bounds(self._cells, opened), [*self._watched, *sorted(opened)])
        used = contradiction.rules() if contradiction else set()
        # Long sums first: the fewer cells a conflict has, the more it says.
        for number in sorted(used, key=lambda number: (-len(self._system.rules[number].coefficients), number)):
            if number in used:
                fewer = System({other: self._system.rules[other] for other in sorted(used - {number})})
                contradiction = narrow(fewer, self._bounds(fewer.rules_of, opened))
                used = contradiction.rules() if contradiction else used
        return used

    def _bounds(self, cells: Iterable[int], opened: Collection[int]) -> Bounds:
        return {cell: self._open_interval if cell in opened else self._cells[cell] for cell in cells}

    def _holds_as_printed(self, rule: Rule) -> bool:
        total = 0
        for cell, coefficient in rule.coefficients.items():
            lower, upper = self._cells[cell]
            if lower != upper:
                return False
            total += coefficient * lower
        return rule.lower <= total <= rule.upper
