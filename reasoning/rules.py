"""The records: rules `lower <= sum of coefficient * cell <= upper` on cells that are whole numbers."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

Interval = tuple[int, int]
"""The smallest and the largest number, both included."""


@dataclass(frozen=True, slots=True)
class Term:
    """A cell's part in a rule."""

    rule: int
    cell: int
    coefficient: int


@dataclass(frozen=True, slots=True)
class Rules:
    """Rules, the terms they consist of, and what each cell can be by itself."""

    terms: tuple[Term, ...]
    limits: Mapping[int, Interval]
    cells: Mapping[int, Interval]

    def with_cells(self, changed: Mapping[int, Interval]) -> Rules:
        """Return the same rules with other bounds for some cells."""
        return Rules(self.terms, self.limits, {**self.cells, **changed})

    def are_satisfied_by(self, values: Mapping[int, int]) -> bool:
        """Say whether every cell lies within its bounds and every rule within its limits."""
        sums: dict[int, int] = dict.fromkeys(self.limits, 0)
        for term in self.terms:
            sums[term.rule] += term.coefficient * values[term.cell]
        return all(lower <= sums[rule] <= upper for rule, (lower, upper) in self.limits.items()) and all(
            lower <= values[cell] <= upper for cell, (lower, upper) in self.cells.items()
        )


def without_fixed_cells(rules: Rules) -> Rules:
    """Return the rules on the cells that are not yet one number; the others go into the limits."""
    known: dict[int, int] = dict.fromkeys(rules.limits, 0)
    open_terms = []
    for term in rules.terms:
        lower, upper = rules.cells[term.cell]
        if lower == upper:
            known[term.rule] += term.coefficient * lower
        else:
            open_terms.append(term)
    return Rules(
        tuple(open_terms),
        {rule: (lower - known[rule], upper - known[rule]) for rule, (lower, upper) in rules.limits.items()},
        {cell: (lower, upper) for cell, (lower, upper) in rules.cells.items() if lower != upper},
    )


def components(rules: Rules) -> list[Rules]:
    """Split rules into parts that share no cell; a rule without any cell is left out."""
    leader: dict[int, int] = {term.cell: term.cell for term in rules.terms}

    def find(cell: int) -> int:
        while leader[cell] != cell:
            leader[cell] = leader[leader[cell]]
            cell = leader[cell]
        return cell

    for cells in _cells_by_rule(rules.terms).values():
        for cell in cells[1:]:
            leader[find(cell)] = find(cells[0])
    parts: defaultdict[int, list[Term]] = defaultdict(list)
    for term in rules.terms:
        parts[find(term.cell)].append(term)
    return [
        Rules(
            tuple(terms),
            {term.rule: rules.limits[term.rule] for term in terms},
            {term.cell: rules.cells[term.cell] for term in terms},
        )
        for terms in parts.values()
    ]


def _cells_by_rule(terms: Iterable[Term]) -> dict[int, list[int]]:
    cells: defaultdict[int, list[int]] = defaultdict(list)
    for term in terms:
        cells[term.rule].append(term.cell)
    return cells
