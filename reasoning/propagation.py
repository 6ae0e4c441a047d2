"""Bounds propagation: what each rule leaves for its cells, until nothing changes any more."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping

from reasoning.rules import Interval, Rules


class Propagation:
    """Rules made ready for being propagated again and again from different bounds."""

    def __init__(self, rules: Rules) -> None:
        """Index the rules by rule and by cell."""
        self._limits = rules.limits
        self._terms_of_rule: defaultdict[int, list[tuple[int, int]]] = defaultdict(list)
        self._rules_of_cell: defaultdict[int, list[int]] = defaultdict(list)
        for term in rules.terms:
            self._terms_of_rule[term.rule].append((term.cell, term.coefficient))
            self._rules_of_cell[term.cell].append(term.rule)

    def rule_count(self, cell: int) -> int:
        """Return in how many rules a cell takes part."""
        return len(self._rules_of_cell[cell])

    def tightened(
        self, bounds: Mapping[int, Interval], changed_cells: Iterable[int] | None = None
    ) -> dict[int, Interval] | None:
        """Return the tightest bounds that the rules give one by one, or None if they leave a cell no number.

        `changed_cells` says for which cells `bounds` are new; without it every rule is looked at.
        """
        tightest = dict(bounds)
        if changed_cells is None:
            waiting = set(self._limits)
        else:
            waiting = {rule for cell in changed_cells for rule in self._rules_of_cell[cell]}
        while waiting:
            moved = self._apply(waiting.pop(), tightest)
            if moved is None:
                return None
            for cell in moved:
                waiting.update(self._rules_of_cell[cell])
        return tightest

    def _apply(self, rule: int, bounds: dict[int, Interval]) -> list[int] | None:
        """Tighten `bounds` by one rule and return the cells that moved; None if the rule cannot hold."""
        lower_limit, upper_limit = self._limits[rule]
        least = greatest = 0
        for cell, coefficient in self._terms_of_rule[rule]:
            lower, upper = bounds[cell]
            least += coefficient * (lower if coefficient > 0 else upper)
            greatest += coefficient * (upper if coefficient > 0 else lower)
        if least > upper_limit or greatest < lower_limit:
            return None
        moved = []
        for cell, coefficient in self._terms_of_rule[rule]:
            lower, upper = bounds[cell]
            if coefficient > 0:
                smallest = -((greatest - coefficient * upper - lower_limit) // coefficient)
                largest = (upper_limit - least + coefficient * lower) // coefficient
            else:
                smallest = -((upper_limit - least + coefficient * upper) // -coefficient)
                largest = (greatest - coefficient * lower - lower_limit) // -coefficient
            if smallest > lower or largest < upper:
                bounds[cell] = (max(smallest, lower), min(largest, upper))
                if bounds[cell][0] > bounds[cell][1]:
                    return None
                moved.append(cell)
        return moved
