"""Which simple changes of a report make every rule hold."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import chain

from reasoning.budget import Budget, GaveUpError
from reasoning.changes import Change, changes_of_columns, changes_of_rows, changes_of_tables
from reasoning.feasibility import contradictory_cells, is_satisfiable
from reasoning.opening import cells_around
from reasoning.printed import PrintedCell, PrintedTable, tables_of
from reasoning.propagation import narrow
from reasoning.rules import Bounds, Interval, Rule, System

MOST_CHANGES = 20
"""How many changes of one report are named: where that many would do, none of them says much."""

_NOTHING: Interval = (0, 0)


def changes_that_mend(
    system: System, cells: Mapping[int, Interval], printed: Sequence[PrintedCell], budget: Budget
) -> list[Change]:
    """Return the simple changes that make all rules hold, the exchanges of single rows first.

    `cells` are the cells of rules with the numbers that their print can be, `printed` those of the whole report. Where
    the steps are used up, what was found by then is left out: another change may do as well.
    """
    try:
        search = _Search(system, cells, {cell.cell: (cell.lower, cell.upper) for cell in printed}, budget)
        found = []
        for change in search.candidates(tables_of(printed)):
            if search.mends(change):
                found.append(change)
                if len(found) == MOST_CHANGES:
                    break
    except GaveUpError:
        return []
    return found


class _Search:
    """What is wrong in a report, and what each rule adds up to as printed."""

    def __init__(
        self, system: System, cells: Mapping[int, Interval], printed: Mapping[int, Interval], budget: Budget
    ) -> None:
        self._system = system
        self._cells = dict(cells)
        self._printed = printed
        self._budget = budget
        self._sums = {number: rule.least_and_greatest_sum(self._cells) for number, rule in system.rules.items()}
        self._violated = {number for number, rule in system.rules.items() if not _holds(rule, self._sums[number])}
        self._contradictions = [set(system.rules[number].coefficients) for number in sorted(self._violated)]
        if not self._contradictions:
            self._contradictions = [self._hidden_contradiction()]

    def _hidden_contradiction(self) -> set[int]:
        """Return the cells of which one must be wrong though every rule holds by itself."""
        bounds: Bounds = dict(self._cells)
        if contradiction := narrow(self._system, bounds, budget=self._budget):
            return {cell for number in contradiction.rules() for cell in self._system.rules[number].coefficients}
        return cells_around(self._system, self._cells, contradictory_cells(self._system, bounds, self._budget))

    def candidates(self, tables: Sequence[PrintedTable]) -> Iterator[Change]:
        """Yield the changes that concern every contradiction, each effect once."""
        concerns: dict[int, int] = {}
        for number, cells in enumerate(self._contradictions):
            for cell in cells:
                concerns[cell] = concerns.get(cell, 0) | 1 << number
        wanted = (1 << len(self._contradictions)) - 1
        seen = set()
        for change in chain(
            changes_of_rows(tables, concerns, wanted),
            changes_of_columns(tables, concerns, wanted),
            changes_of_tables(tables, concerns, wanted),
        ):
            effect = (frozenset(self._changed(change).items()), frozenset(change.beside.items()))
            if any(effect) and effect not in seen:
                seen.add(effect)
                yield change

    def mends(self, change: Change) -> bool:
        """Return whether every rule can hold once the change is made. Raises GaveUpError."""
        changed = self._changed(change)
        added = self._added(change)
        if added is None:
            return False
        sums: dict[int, Interval] = {}
        for cell, (lower, upper) in changed.items():
            old_lower, old_upper = self._cells[cell]
            for number in self._system.rules_of[cell]:
                factor = self._system.rules[number].coefficients[cell]
                more = (lower - old_lower, upper - old_upper)
                sums[number] = _sum_with(sums.get(number, self._sums[number]), factor, more)
        for number, (factor, interval) in added.items():
            sums[number] = _sum_with(sums.get(number, self._sums[number]), factor, interval)
        self._budget.spend(1 + len(sums) // 3)
        if not self._violated <= sums.keys() or not all(
            _holds(self._system.rules[number], ends) for number, ends in sums.items()
        ):
            return False
        return is_satisfiable(self._with_added(added), {**self._cells, **changed}, self._budget)

    def _changed(self, change: Change) -> Bounds:
        """Return the cells of rules that the change gives another print."""
        changed = {cell: self._printed[source] for cell, source in change.print_of.items()}
        changed |= dict.fromkeys(change.beside, _NOTHING)
        return {cell: interval for cell, interval in changed.items() if self._cells.get(cell, interval) != interval}

    def _added(self, change: Change) -> dict[int, tuple[int, Interval]] | None:
        """Return what comes into a sum with a row that belongs there and was not printed there; None if not known.

        A cell of the row that it belongs beside stands in one sum, and in the average of its own row.
        """
        added = {}
        for cell, neighbour in change.beside.items():
            rules = self._system.rules
            row = {other for other in change.beside.values() if other != neighbour}
            sums = [
                number
                for number in self._system.rules_of.get(neighbour, [])
                if row.isdisjoint(rules[number].coefficients)
            ]
            if len(sums) > 1:
                return None
            if sums:
                added[sums[0]] = (rules[sums[0]].coefficients[neighbour], self._printed[cell])
        return added

    def _with_added(self, added: Mapping[int, tuple[int, Interval]]) -> System:
        """Return the rules with the limits that they have once something comes into their sums."""
        if not added:
            return self._system
        rules = dict(self._system.rules)
        for number, (factor, (lower, upper)) in added.items():
            rule = rules[number]
            ends = sorted((factor * lower, factor * upper))
            rules[number] = Rule(rule.coefficients, rule.lower - ends[1], rule.upper - ends[0])
        return System(rules)


def _sum_with(ends: Interval, factor: int, more: Interval) -> Interval:
    """Return the ends of a sum to which a factor times something comes."""
    lower, upper = more if factor > 0 else more[::-1]
    return ends[0] + factor * lower, ends[1] + factor * upper


def _holds(rule: Rule, sums: Interval) -> bool:
    return sums[0] <= rule.upper and sums[1] >= rule.lower
