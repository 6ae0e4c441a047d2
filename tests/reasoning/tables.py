"""Small tables of stars with printed row and column totals, as rules."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from itertools import product
from typing import NamedTuple

from reasoning.rules import Bounds, Interval, Rule, System

BLOCK = tuple((row, column) for row in range(3) for column in range(3))
TWO_BLOCKS_AND_A_BRIDGE = (*BLOCK, (2, 3), *((row + 3, column + 3) for row, column in BLOCK))
"""6 by 6: two full blocks of stars, and one star between them."""

CLASSIC = ((0, 0), (0, 1), (1, 0), (1, 1), (1, 2), (2, 2), (2, 3), (3, 2), (3, 3))
"""4 by 4, two stars or more in every row and column; the one in the middle (1, 2) is determined all the same."""


class Table(NamedTuple):
    """Rules, and what each cell can be by itself."""

    system: System
    cells: Bounds


def cell(row: int, column: int) -> int:
    """Return the number of a cell."""
    return 10 * row + column


def table(cells: Bounds, *rules: Rule) -> Table:
    """Return cells with rules, which are numbered from 0."""
    return Table(System(dict(enumerate(rules))), cells)


def star_table(
    stars: Iterable[tuple[int, int]], row_sums: Sequence[int], column_sums: Sequence[int], threshold: int = 4
) -> Table:
    """Return a table with rules on what its stars sum to in each row and column; columns are numbered from 100."""
    stars = list(stars)
    rules = {}
    for axis, (first, sums) in enumerate(((0, row_sums), (100, column_sums))):
        for line, total in enumerate(sums):
            rules[first + line] = Rule({cell(*star): 1 for star in stars if star[axis] == line}, total, total)
    return Table(System(rules), {cell(*star): (0, threshold - 1) for star in stars})


def solutions(rules: System, cells: Mapping[int, Interval]) -> list[dict[int, int]]:
    """Return every assignment that satisfies the rules, by trying all."""
    every = product(*(range(lower, upper + 1) for lower, upper in cells.values()))
    assignments = (dict(zip(cells, numbers, strict=True)) for numbers in every)
    return [values for values in assignments if rules.is_satisfied_by(values, dict(cells))]
