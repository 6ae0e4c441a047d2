"""Look for whole numbers that satisfy all rules: narrow the cells, try values, and only then ask a solver."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

Interval = tuple[int, int]
"""Smallest and largest value, both included."""

Domains = dict[int, Interval]
"""The values that each cell may still have."""

_FEW_VALUES = 8
"""Cells with more values than this are tried at their ends and in the middle only."""


@dataclass(frozen=True, slots=True)
class Rule:
    """The claim that `lower` <= the sum of coefficient times cell <= `upper`; no coefficient is 0."""

    coefficients: Mapping[int, int]
    lower: int
    upper: int


class System:
    """Numbered rules over numbered cells that hold whole numbers."""

    def __init__(self, rules: Mapping[int, Rule]) -> None:
        """Keep the rules and, for each cell, the numbers of those that hold it."""
        self.rules = rules
        self.rules_of: dict[int, list[int]] = {}
        for number, rule in rules.items():
            for cell in rule.coefficients:
                self.rules_of.setdefault(cell, []).append(number)

    def narrow(self, domains: Domains, first: Iterable[int]) -> set[int] | None:
        """Narrow `domains` in place as far as single rules can, starting with the rules numbered `first`.

        Returns None, or, where the rules contradict each other, the numbers of rules that suffice for it; the
        domains are then of no further use. No solution is ever cut off.
        """
        waiting = dict.fromkeys(first)
        steps: list[tuple[int, int]] = []
        while waiting:
            number = next(iter(waiting))
            del waiting[number]
            narrowed = _narrowed(self.rules[number], domains)
            if narrowed is None:
                return self._used(number, steps)
            for cell, interval in narrowed:
                domains[cell] = interval
                steps.append((cell, number))
                waiting.update(dict.fromkeys(self.rules_of[cell]))
        return None

    def _used(self, failed: int, steps: list[tuple[int, int]]) -> set[int]:
        """Return the rules that took part in making the rule numbered `failed` fail."""
        used = {failed}
        cells = set(self.rules[failed].coefficients)
        for cell, number in reversed(steps):
            if cell in cells:
                used.add(number)
                cells.update(self.rules[number].coefficients)
        return used

    def parts(self, domains: Domains) -> Iterator[System]:
        """Yield the systems that share no cell of more than one value; their solutions combine freely."""
        unseen = {cell for cell in self.rules_of if domains[cell][0] < domains[cell][1]}
        while unseen:
            reached = [unseen.pop()]
            numbers: dict[int, None] = {}
            while reached:
                for number in self.rules_of[reached.pop()]:
                    if number not in numbers:
                        numbers[number] = None
                        found = unseen.intersection(self.rules[number].coefficients)
                        unseen -= found
                        reached.extend(found)
            yield System({number: self.rules[number] for number in sorted(numbers)})

    def guess(self, domains: Domains) -> dict[int, int] | None:
        """Return values of all cells in rules that satisfy every rule; None says only that trying found none.

        Fixes the cell with the fewest values, narrows, and goes on; never goes back.
        """
        for prefer in (0, 1, 2):
            trial: Domains | None = {cell: domains[cell] for cell in self.rules_of}
            while trial is not None:
                cell = self._next_cell(trial)
                if cell is None:
                    return {cell: interval[0] for cell, interval in trial.items()}
                trial = self._fixed(trial, cell, _values(trial[cell], prefer))
        return None

    def _next_cell(self, trial: Domains) -> int | None:
        """Return the cell with the fewest values, of more than one; None where each has one."""
        still_open = [cell for cell, (lower, upper) in trial.items() if lower < upper]
        key = {cell: (trial[cell][1] - trial[cell][0], -len(self.rules_of[cell]), cell) for cell in still_open}
        return min(still_open, key=key.__getitem__, default=None)

    def _fixed(self, trial: Domains, cell: int, values: list[int]) -> Domains | None:
        """Return the narrowed domains with the first of `values` for which no contradiction shows; None if all do."""
        for value in values:
            attempt = {**trial, cell: (value, value)}
            if self.narrow(attempt, self.rules_of[cell]) is None:
                return attempt
        return None

    def is_solved_by(self, values: Mapping[int, int]) -> bool:
        """Return whether the values satisfy every rule."""
        return all(
            rule.lower <= sum(factor * values[cell] for cell, factor in rule.coefficients.items()) <= rule.upper
            for rule in self.rules.values()
        )


def _narrowed(rule: Rule, domains: Domains) -> list[tuple[int, Interval]] | None:
    """Return the cells that one rule alone narrows, with their new intervals; None where it cannot hold."""
    least = greatest = 0
    for cell, factor in rule.coefficients.items():
        lower, upper = domains[cell]
        least += factor * (lower if factor > 0 else upper)
        greatest += factor * (upper if factor > 0 else lower)
    if least > rule.upper or greatest < rule.lower:
        return None
    if least >= rule.lower and greatest <= rule.upper:
        return []
    changed = []
    for cell, factor in rule.coefficients.items():
        lower, upper = domains[cell]
        size = abs(factor)
        # How far the cell can rise from its end on the small side, and fall from that on the large side.
        rise, fall = (rule.upper - least) // size, (greatest - rule.lower) // size
        if factor > 0:
            new = (max(lower, upper - fall), min(upper, lower + rise))
        else:
            new = (max(lower, upper - rise), min(upper, lower + fall))
        if new[0] > new[1]:
            return None
        if new != (lower, upper):
            changed.append((cell, new))
    return changed


def _values(interval: Interval, prefer: int) -> list[int]:
    """Return values of the interval in the order to try them: from below, from above, or from the middle."""
    lower, upper = interval
    few = upper - lower < _FEW_VALUES
    values = list(range(lower, upper + 1)) if few else [lower, (lower + upper) // 2, upper]
    if prefer == 1:
        values.reverse()
    elif prefer == 2:
        values.sort(key=lambda value: abs(2 * value - lower - upper))
    return values
