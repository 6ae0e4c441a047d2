"""Which printed figures, if they alone or together were wrong, would explain that the rules contradict each other."""

from __future__ import annotations

from dataclasses import dataclass

from reasoning.feasibility import contradictory_cells
from reasoning.propagation import Propagation
from reasoning.rules import Interval, Rules

OPEN_UPPER = 10_000_000
"""What an opened figure can be at most, far above any number of people in a measure; see macros/propagation.sql."""

MOST_SETS = 2
"""How many smallest sets are looked for: a second one tells that the first is not the only one."""


@dataclass(frozen=True, slots=True)
class Explanation:
    """Cells that together explain every contradiction, each with the interval that the rules then leave it."""

    cells: dict[int, Interval]


def single_cells(rules: Rules, contradictory: set[int]) -> list[Explanation]:
    """Return every cell that alone explains why the `contradictory` cells find no numbers. Exact."""
    near = {term.rule for term in rules.terms if term.cell in contradictory}
    candidates = sorted({term.cell for term in rules.terms if term.rule in near})
    found = []
    for cell in candidates:
        opened = rules.with_cells({cell: (0, OPEN_UPPER)})
        explanation = _explanation(opened, {cell})
        if explanation and not contradictory_cells(opened.with_cells(_bounds(opened))):
            found.append(explanation)
    return found


def smallest_sets(rules: Rules, accused: set[int]) -> list[Explanation]:
    """Return a few of the smallest sets of cells that together explain every violated rule.

    `accused` are cells that break a rule of their own, so that they belong to every set.
    """
    from reasoning import solver

    largest = max((upper for _, upper in rules.cells.values()), default=0)
    sets = solver.smallest_sets(rules, set(rules.cells), accused, max(4 * largest, 1_000), MOST_SETS)
    explanations = (_explanation(rules.with_cells(dict.fromkeys(cells, (0, OPEN_UPPER))), cells) for cells in sets)
    return [explanation for explanation in explanations if explanation]


def _bounds(rules: Rules) -> dict[int, Interval]:
    return Propagation(rules).tightened(rules.cells) or {}


def _explanation(opened: Rules, cells: set[int]) -> Explanation | None:
    bounds = _bounds(opened)
    return Explanation({cell: bounds[cell] for cell in sorted(cells)}) if bounds else None
