"""Where the figures of a report stand: its tables, their rows, and the cells of these."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import NamedTuple


class PrintedCell(NamedTuple):
    """A printed figure and what it stands for: a row of a table of places."""

    cell: int
    table: int
    line: int
    column: int
    is_average: bool
    is_total_row: bool
    breakdown: str
    category: str
    """What tells the row apart in its table; the same category may stand in several tables."""
    lower: int
    upper: int
    """Between which numbers the print lies."""


@dataclass(frozen=True, slots=True)
class PrintedRow:
    """A line of a table: its cells by column, the average's column among them."""

    line: int
    is_total: bool
    category: str
    cells: Mapping[int, int]


@dataclass(frozen=True, slots=True)
class PrintedTable:
    """A table: its rows in their order, and which columns hold months."""

    number: int
    breakdown: str
    rows: tuple[PrintedRow, ...]
    months: tuple[int, ...]


def tables_of(cells: Iterable[PrintedCell]) -> list[PrintedTable]:
    """Return the tables that some cells make up, in the order of the report."""
    by_table: defaultdict[int, defaultdict[int, list[PrintedCell]]] = defaultdict(lambda: defaultdict(list))
    for cell in sorted(cells, key=lambda cell: (cell.table, cell.line, cell.column)):
        by_table[cell.table][cell.line].append(cell)
    tables = []
    for number, lines in by_table.items():
        rows = tuple(
            PrintedRow(line, of_line[0].is_total_row, of_line[0].category, {cell.column: cell.cell for cell in of_line})
            for line, of_line in lines.items()
        )
        first = next(iter(lines.values()))
        months = tuple(cell.column for cell in first if not cell.is_average)
        tables.append(PrintedTable(number, first[0].breakdown, rows, months))
    return tables
