"""Simple changes of a whole report, such as two rows exchanged, that may make every rule hold.

A slip of the hand or of a program often concerns more than one figure at once. Each change here says what it takes to
undo it, so that one of them explains at once what would else be a dozen wrong figures.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import combinations

from reasoning.printed import PrintedRow, PrintedTable


@dataclass(frozen=True, slots=True)
class Change:
    """Cells that should have the print of others. `kind` says in a word what was done to the report."""

    kind: str
    lines: tuple[int, ...]
    columns: tuple[int, ...]
    print_of: Mapping[int, int]
    """For each cell that changes, the cell whose print belongs there."""
    beside: Mapping[int, int] = field(default_factory=dict)
    """Cells of a row that only one of two tables prints and that belongs in the other one, each with a cell of the row
    that it belongs beside."""


def changes_of_rows(tables: Sequence[PrintedTable], concerns: Mapping[int, int], wanted: int) -> Iterator[Change]:
    """Yield each exchange of two rows that concerns all that is wrong.

    `concerns` has, by cell, the contradictions that the cell is part of, one bit each; `wanted` has the bits of all.
    """
    rows = [row for table in tables for row in table.rows]
    bits = [_bits(row.cells.values(), concerns) for row in rows]
    for index, (one, bits_of_one) in enumerate(zip(rows, bits, strict=True)):
        missing = wanted & ~bits_of_one
        for other, bits_of_other in zip(rows[index + 1 :], bits[index + 1 :], strict=True):
            if missing & ~bits_of_other == 0 and one.cells.keys() == other.cells.keys():
                yield Change("rows_exchanged", (one.line, other.line), (), _exchanged([(one, other)]))


def changes_of_columns(tables: Sequence[PrintedTable], concerns: Mapping[int, int], wanted: int) -> Iterator[Change]:
    """Yield each exchange of two columns of a table, and each turn of its months, that concerns all that is wrong."""
    for table in tables:
        cells = [cell for row in table.rows for cell in row.cells.values()]
        if wanted & ~_bits(cells, concerns):
            continue
        line, columns = table.rows[0].line, sorted(table.rows[0].cells)
        for one, other in combinations(columns, 2):
            yield _turned("columns_exchanged", table, line, {one: other, other: one}, (one, other))
        months = table.months
        for places in range(1, len(months) if len(months) > 2 else 0):
            belongs = dict(zip(months, months[places:] + months[:places], strict=True))
            yield _turned("months_shifted", table, line, belongs, (places,))


def changes_of_tables(tables: Sequence[PrintedTable], concerns: Mapping[int, int], wanted: int) -> Iterator[Change]:
    """Yield each exchange of two tables' titles, and of their bodies, that concerns all that is wrong.

    With the title, all figures of a table count for another subject; with the body, all but those of its total row.
    """
    for one, other in combinations(tables, 2):
        if one.breakdown == other.breakdown and one.months == other.months:
            for kind, has_totals in (("titles_exchanged", True), ("bodies_exchanged", False)):
                change = _exchanged_tables(kind, one, other, has_totals=has_totals)
                if change and not wanted & ~_bits([*change.print_of, *change.beside], concerns):
                    yield change


def _exchanged_tables(kind: str, one: PrintedTable, other: PrintedTable, *, has_totals: bool) -> Change | None:
    """Return the exchange of two tables' rows by their categories, None where they have none in common.

    A row that may be left out can stand in one of them only; then its figures belong beside those of the other one.
    """
    ours, theirs = (
        {row.category: row for row in table.rows if has_totals or not row.is_total} for table in (one, other)
    )
    pairs = [(row, theirs[category]) for category, row in ours.items() if category in theirs]
    parts = [pair for pair in pairs if not pair[0].is_total]
    if not parts:
        return None
    beside: dict[int, int] = {}
    for rows, neighbour in ((ours, parts[0][1]), (theirs, parts[0][0])):
        for row in rows.values():
            if row.category not in ours or row.category not in theirs:
                beside |= {cell: neighbour.cells[column] for column, cell in row.cells.items()}
    return Change(kind, (one.rows[0].line, other.rows[0].line), (), _exchanged(pairs), beside)


def _turned(kind: str, table: PrintedTable, line: int, belongs: Mapping[int, int], columns: tuple[int, ...]) -> Change:
    print_of = {row.cells[to]: row.cells[source] for row in table.rows for to, source in belongs.items()}
    return Change(kind, (line,), columns, print_of)


def _exchanged(pairs: Iterable[tuple[PrintedRow, PrintedRow]]) -> dict[int, int]:
    print_of = {}
    for one, other in pairs:
        for column in one.cells.keys() & other.cells.keys():
            print_of[one.cells[column]] = other.cells[column]
            print_of[other.cells[column]] = one.cells[column]
    return print_of


def _bits(cells: Iterable[int], concerns: Mapping[int, int]) -> int:
    bits = 0
    for cell in cells:
        bits |= concerns.get(cell, 0)
    return bits
