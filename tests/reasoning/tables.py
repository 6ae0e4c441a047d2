"""Small tables of stars with printed row and column totals, as rules."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from reasoning.rules import Rules, Term

BLOCK = tuple((row, column) for row in range(3) for column in range(3))
TWO_BLOCKS_AND_A_BRIDGE = (*BLOCK, (2, 3), *((row + 3, column + 3) for row, column in BLOCK))
"""6 by 6: two full blocks of stars, and one star between them."""

CLASSIC = ((0, 0), (0, 1), (1, 0), (1, 1), (1, 2), (2, 2), (2, 3), (3, 2), (3, 3))
"""4 by 4, two stars or more in every row and column; the one in the middle (1, 2) is determined all the same."""


def cell(row: int, column: int) -> int:
    """Return the number of a cell."""
    return 10 * row + column


def star_table(
    stars: Iterable[tuple[int, int]], row_sums: Sequence[int], column_sums: Sequence[int], threshold: int = 4
) -> Rules:
    """Return the rules of a table: what its stars must sum to in each row and column."""
    terms = []
    for row, column in stars:
        terms += [Term(row, cell(row, column), 1), Term(100 + column, cell(row, column), 1)]
    limits = {row: (total, total) for row, total in enumerate(row_sums)}
    limits |= {100 + column: (total, total) for column, total in enumerate(column_sums)}
    return Rules(tuple(terms), limits, {term.cell: (0, threshold - 1) for term in terms})
