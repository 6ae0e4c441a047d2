"""The records: rules `lower <= sum of coefficient * cell <= upper` on cells that hold whole numbers."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import NamedTuple

Interval = tuple[int, int]
"""The smallest and the largest number, both included."""

Bounds = dict[int, Interval]
"""The numbers that each cell can be."""


@dataclass(frozen=True, slots=True)
class Rule:
    """The claim that `lower` <= the sum of coefficient times cell <= `upper`; no coefficient is 0."""

    coefficients: Mapping[int, int]
    lower: int
    upper: int

    def least_and_greatest_sum(self, bounds: Mapping[int, Interval]) -> Interval:
        """Return between what numbers the sum lies, whatever the cells are within their bounds."""
        least = greatest = 0
        for cell, coefficient in self.coefficients.items():
            lower, upper = bounds[cell]
            least += coefficient * (lower if coefficient > 0 else upper)
            greatest += coefficient * (upper if coefficient > 0 else lower)
        return least, greatest

    def on_open_cells(self, bounds: Bounds) -> Rule:
        """Return the same claim on the cells that are not yet one number; the others go into its limits."""
        known = 0
        coefficients = {}
        for cell, coefficient in self.coefficients.items():
            lower, upper = bounds[cell]
            if lower == upper:
                known += coefficient * lower
            else:
                coefficients[cell] = coefficient
        if len(coefficients) == len(self.coefficients):
            return self
        return Rule(coefficients, self.lower - known, self.upper - known)


class System:
    """Rules that hold together. Rules and cells are told apart by numbers from 0 up, with or without gaps."""

    def __init__(self, rules: Mapping[int, Rule]) -> None:
        """Keep the rules and, for each cell, the numbers of those that hold it."""
        self.rules = rules
        self.rules_of: dict[int, list[int]] = {}
        for number, rule in rules.items():
            for cell in rule.coefficients:
                self.rules_of.setdefault(cell, []).append(number)

    def parts(self, bounds: Bounds) -> Iterator[tuple[System, Bounds]]:
        """Yield the systems on open cells that share none, each with its cells' bounds; their solutions combine freely.

        Rules keep their numbers. A rule without any open cell is left out.
        """
        unseen = {cell: None for cell in self.rules_of if bounds[cell][0] < bounds[cell][1]}
        while unseen:
            reached = [unseen.popitem()[0]]
            rules: dict[int, Rule] = {}
            cells: Bounds = {}
            while reached:
                cell = reached.pop()
                cells[cell] = bounds[cell]
                for number in self.rules_of[cell]:
                    if number not in rules:
                        rules[number] = self.rules[number].on_open_cells(bounds)
                        found = [other for other in rules[number].coefficients if other in unseen]
                        for other in found:
                            del unseen[other]
                        reached.extend(found)
            yield System(dict(sorted(rules.items()))), cells

    def is_satisfied_by(self, values: Mapping[int, int], bounds: Bounds) -> bool:
        """Say whether every rule holds for the values and every cell lies within its bounds."""
        return all(lower <= values[cell] <= upper for cell, (lower, upper) in bounds.items()) and all(
            rule.lower <= sum(factor * values[cell] for cell, factor in rule.coefficients.items()) <= rule.upper
            for rule in self.rules.values()
        )


class Term(NamedTuple):
    """A cell's part in a rule, with what is known of both: a row of a table of terms."""

    rule: int
    cell: int
    coefficient: int
    rule_lower: int
    rule_upper: int
    cell_lower: int
    cell_upper: int


def system_of(terms: Iterable[Term]) -> tuple[System, Bounds]:
    """Return the rules that consist of the terms, and what each cell can be by itself."""
    coefficients: defaultdict[int, dict[int, int]] = defaultdict(dict)
    limits: Bounds = {}
    cells: Bounds = {}
    for term in terms:
        coefficients[term.rule][term.cell] = term.coefficient
        limits[term.rule] = (term.rule_lower, term.rule_upper)
        cells[term.cell] = (term.cell_lower, term.cell_upper)
    return System({rule: Rule(of_rule, *limits[rule]) for rule, of_rule in coefficients.items()}), cells
