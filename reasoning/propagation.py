"""Bounds propagation: what each rule leaves for its cells, until nothing changes any more."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from reasoning.budget import Budget
from reasoning.rules import Bounds, Interval, Rule, System

_MOST_NARROWINGS = 20
"""How often one cell is narrowed. Two open cells of which each must exceed the other creep up to the highest number,
one by one; few cells are narrowed more than ten times otherwise."""


@dataclass(frozen=True, slots=True)
class Contradiction:
    """Rules, looked at one by one, leave a cell no number."""

    system: System
    failed: int
    """The rule that showed it."""
    steps: list[tuple[int, int]]
    """Cells that were narrowed before, each with the rule that did it."""

    def rules(self) -> set[int]:
        """Return the numbers of rules that suffice for the contradiction."""
        used = {self.failed}
        cells = set(self.system.rules[self.failed].coefficients)
        for cell, number in reversed(self.steps):
            if cell in cells:
                used.add(number)
                cells.update(self.system.rules[number].coefficients)
        return used


def narrow(
    system: System, bounds: Bounds, rules: Iterable[int] | None = None, budget: Budget | None = None
) -> Contradiction | None:
    """Narrow `bounds` in place as far as the rules do one by one, and return a contradiction if they show one.

    `rules` are the numbers of those to look at first; without it, all. No solution is ever cut off. A cell that was
    narrowed very often is let be, so that bounds may stay wider than the rules say. After a contradiction the bounds
    are of no further use. Each rule that is looked at is a step of the `budget`. Raises GaveUpError.
    """
    waiting = dict.fromkeys(system.rules if rules is None else rules)
    steps: list[tuple[int, int]] = []
    narrowings: Counter[int] = Counter()
    while waiting:
        number = next(iter(waiting))
        del waiting[number]
        if budget is not None:
            budget.spend(1)
        narrowed = _narrowed(system.rules[number], bounds)
        if narrowed is None:
            return Contradiction(system, number, steps)
        for cell, interval in narrowed:
            narrowings[cell] += 1
            if narrowings[cell] > _MOST_NARROWINGS:
                continue
            bounds[cell] = interval
            steps.append((cell, number))
            waiting.update(dict.fromkeys(system.rules_of[cell]))
    return None


def _narrowed(rule: Rule, bounds: Bounds) -> list[tuple[int, Interval]] | None:
    """Return the cells that one rule alone narrows, with their new bounds; None where it cannot hold."""
    least, greatest = rule.least_and_greatest_sum(bounds)
    if least > rule.upper or greatest < rule.lower:
        return None
    if least >= rule.lower and greatest <= rule.upper:
        return []
    above, below = rule.upper - least, greatest - rule.lower
    changed = []
    for cell, factor in rule.coefficients.items():
        lower, upper = bounds[cell]
        if lower == upper:
            continue
        # How far the cell can rise from its lower end, and fall from its upper one.
        rise, fall = (above // factor, below // factor) if factor > 0 else (below // -factor, above // -factor)
        new_lower = upper - fall if upper - fall > lower else lower
        new_upper = lower + rise if lower + rise < upper else upper
        if new_lower > new_upper:
            return None
        if new_lower > lower or new_upper < upper:
            changed.append((cell, (new_lower, new_upper)))
    return changed
