"""Logical tables -> the pieces that pages show."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from tests.editions.layout import SMALLEST_PAGE
from tests.editions.series import Row, Table

_REPEATED_LINES = 2  # the header and the total row stand above every piece


@dataclass(frozen=True)
class Piece:
    """Some consecutive rows of a table, printed below its header and total row; possibly none.

    `opens_page` says that the piece is the first on its page.
    """

    total: Row
    rows: tuple[Row, ...]
    opens_page: bool


def fill_pages(tables: Sequence[Table], lines_per_page: int) -> list[Piece]:
    """Return the pieces of `tables` on pages of `lines_per_page` headers and rows, as the report breaks them.

    Every breakdown starts a page. A table longer than a page runs on from the line where the one before it
    ended and is cut where the page ends; a shorter one stays whole and takes a blank line besides.
    """
    pieces: list[Piece] = []
    free = 0
    breakdown = None
    for table in tables:
        if table.breakdown != breakdown:
            breakdown, free = table.breakdown, 0
        lines = _REPEATED_LINES + len(table.rows)
        if lines <= lines_per_page:
            opens_page = lines + 1 > free
            pieces.append(Piece(table.total, table.rows, opens_page))
            free = (lines_per_page if opens_page else free) - lines - 1
            continue
        rows = table.rows
        while rows:
            opens_page = free < SMALLEST_PAGE
            free = lines_per_page if opens_page else free
            room = free - _REPEATED_LINES
            pieces.append(Piece(table.total, rows[:room], opens_page))
            free -= _REPEATED_LINES + len(rows[:room])
            rows = rows[room:]
    return pieces


def cut_anywhere(tables: Sequence[Table], rng: np.random.Generator) -> list[Piece]:
    """Return the pieces of `tables` cut at random.

    A table may be cut before any row, so also right after its total row, and often before the last one. A
    continuation opens a page; the first piece of a table does so half of the time.
    """
    pieces: list[Piece] = []
    for table in tables:
        chances = np.full(len(table.rows), 0.15)
        chances[-1] = 0.3  # a page with nothing but "Ukjent" is the hardest one to read
        cuts = [0, *np.flatnonzero(rng.random(len(table.rows)) < chances).tolist(), len(table.rows)]
        opens_page = not pieces or bool(rng.random() < 0.5)
        for start, end in pairwise(cuts):
            pieces.append(Piece(table.total, table.rows[start:end], opens_page or start > 0))
            opens_page = True
    return pieces
