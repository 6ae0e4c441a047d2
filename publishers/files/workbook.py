"""One Excel workbook: a cover that says what each sheet is and how to cite it, a sheet per table, and the columns."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import duckdb
from xlsxwriter import Workbook
from xlsxwriter.exceptions import FileCreateError
from xlsxwriter.format import Format
from xlsxwriter.utility import xl_range
from xlsxwriter.worksheet import Worksheet

from publishers.files.labels import label_of_table
from publishers.files.plain import harmless_rows, harmless_text
from publishers.files.provenance import STAR, TITLE, TITLE_EN, Provenance
from publishers.files.tables import Column, Kind, Table
from publishers.tables import quoted
from warehouse.errors import DatabaseError, Problem

MAX_ROWS = 1_048_576
"""Rows of a sheet in Excel, the header included."""
MAX_NAME = 31
"""Characters of the name of a sheet in Excel."""
COVER = "cover"
COLUMNS = "columns"
_WIDEST = 60
"""Characters that a column is wide at most."""
_ROWS_AT_ONCE = 10_000
_TOO_LONG = -2
"""What xlsxwriter returns for a text longer than a cell can hold."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """A table with the name of its sheet, None where Excel has no room for its rows."""

    table: Table
    name: str | None


@dataclass(frozen=True, slots=True)
class _Formats:
    title: Format
    bold: Format
    wrapped: Format
    header: Format
    link: Format
    of_kind: dict[Kind, Format]


def sheets_of(tables: Sequence[Table]) -> list[Sheet]:
    """Return the sheet of each table. Names are those of the tables, shortened to what Excel admits."""
    taken = {COVER, COLUMNS}
    sheets = []
    for table in tables:
        name = _free_name(table.name.replace("participants_by_", "by_"), taken)
        fits = table.row_count < MAX_ROWS
        sheets.append(Sheet(table, name if fits else None))
        taken.add(name)
    return sheets


def write_workbook(
    file: Path, build: duckdb.DuckDBPyConnection, sheets: Sequence[Sheet], provenance: Provenance
) -> None:
    """Write the workbook.

    Raises duckdb.Error, OSError where it cannot be written, DatabaseError for a text that no cell can hold.
    """
    # Rows go to disk as they come; in memory, a million of them would take gigabytes.
    book = Workbook(str(file), {"constant_memory": True, "tmpdir": str(file.parent)})
    # A program's default is the time of day, which would differ for the same build.
    book.set_properties(
        {
            "title": f"{TITLE} / {TITLE_EN}",
            "author": provenance.publisher,
            "comments": provenance.citation,
            "created": provenance.built_at,
        }
    )
    formats = _formats(book)
    _write_cover(book.add_worksheet(COVER), formats, sheets, provenance)
    for sheet in sheets:
        if sheet.name is not None:
            _write_table(book.add_worksheet(sheet.name), formats, build, sheet.table)
    _write_columns(book.add_worksheet(COLUMNS), formats, sheets)
    try:
        book.close()
    except FileCreateError as error:
        cause = error.args[0] if error.args else error
        raise (cause if isinstance(cause, OSError) else OSError(str(error))) from error


def _free_name(name: str, taken: set[str]) -> str:
    """Return a name for a sheet that is short enough and not taken, whatever the case of its letters."""
    lower = {other.lower() for other in taken}
    short, number = name[:MAX_NAME], 2
    while short.lower() in lower:
        end = f"_{number}"
        short, number = name[: MAX_NAME - len(end)] + end, number + 1
    return short


def _formats(book: Workbook) -> _Formats:
    top = {"valign": "top"}
    return _Formats(
        title=book.add_format({"bold": True, "font_size": 16}),
        bold=book.add_format({"bold": True, **top}),
        wrapped=book.add_format({"text_wrap": True, **top}),
        header=book.add_format({"bold": True, "bottom": 1, "bg_color": "#E6EEF5"}),
        link=book.add_format({"font_color": "#0B4EA2", "underline": 1, **top}),
        of_kind={
            # Codes such as 03 stay texts also where somebody edits the cell.
            Kind.TEXT: book.add_format({"num_format": "@"}),
            Kind.INTEGER: book.add_format({"num_format": "0"}),
            Kind.NUMBER: book.add_format({"num_format": "General"}),
            Kind.BOOLEAN: book.add_format({"num_format": "General"}),
            Kind.DATE: book.add_format({"num_format": "yyyy-mm-dd"}),
            Kind.TIME: book.add_format({"num_format": "yyyy-mm-dd hh:mm:ss"}),
        },
    )


def _write_cover(cover: Worksheet, formats: _Formats, sheets: Sequence[Sheet], provenance: Provenance) -> None:
    cover.hide_gridlines(2)
    cover.set_column(0, 0, 26)
    cover.set_column(1, 1, 44)
    cover.set_column(2, 2, 12)
    cover.set_column(3, 3, 90)
    cover.write_string(0, 0, f"{TITLE} / {TITLE_EN}", formats.title)
    facts = {
        "Publisher / Utgiver": provenance.publisher,
        "Licence / Lisens": provenance.licence,
        "Source / Kilde": provenance.source,
        "Edition / Utgave": provenance.edition,
        "Reports loaded by": provenance.built_at_text,
        "Written by": f"tiltak {provenance.version}, state of the project {provenance.project_state[:12]}",
        "How to cite / Slik siterer du": provenance.citation,
        "Stars / Stjerner": STAR,
        "Never add": "Figures are stocks at the end of a month: choose a month, never add months. An empty figure is "
        "no zero: add participants_lower and participants_upper instead, which gives the interval of the sum.",
        "Apostrophes": "A text that a spreadsheet would run as a formula has an apostrophe in front.",
    }
    for row, (name, text) in enumerate(facts.items(), start=2):
        cover.set_row(row, 15 * (1 + len(text) // 125))
        cover.write_string(row, 0, name, formats.bold)
        # `merge_range` would make a formula of a text that looks like one.
        cover.merge_range(row, 1, row, 3, "", formats.wrapped)
        cover.write_string(row, 1, harmless_text(text), formats.wrapped)
    first = len(facts) + 3
    for column, name in enumerate(("sheet", "table", "rows", "what it is")):
        cover.write_string(first, column, name, formats.header)
    for row, sheet in enumerate(sheets, start=first + 1):
        norwegian, english = label_of_table(sheet.table.name)
        text = sheet.table.comment
        if sheet.name is None:
            text = f"Left out: Excel holds {MAX_ROWS:,} rows a sheet. Take the Parquet or CSV file. {text}"
        cover.set_row(row, 15 * max(2, 1 + len(text) // 85))
        if sheet.name is None:
            cover.write_string(row, 0, "–", formats.wrapped)
        else:
            cover.write_url(row, 0, f"internal:'{sheet.name}'!A1", formats.link, sheet.name)
        cover.write_string(row, 1, f"{sheet.table.name}\n{norwegian} / {english}", formats.wrapped)
        cover.write_number(row, 2, sheet.table.row_count, formats.wrapped)
        cover.write_string(row, 3, harmless_text(text), formats.wrapped)
    cover.write_url(
        first + len(sheets) + 1, 0, f"internal:'{COLUMNS}'!A1", formats.link, COLUMNS, "What each column holds"
    )
    cover.write_string(first + len(sheets) + 1, 1, "what each column holds", formats.wrapped)
    cover.set_landscape()
    cover.fit_to_pages(1, 0)


def _write_table(sheet: Worksheet, formats: _Formats, build: duckdb.DuckDBPyConnection, table: Table) -> None:
    sheet.freeze_panes(1, 0)
    sheet.autofilter(0, 0, table.row_count, len(table.columns) - 1)
    # Codes such as 03 are texts on purpose: no green corner in each cell.
    everywhere = xl_range(0, 0, table.row_count, len(table.columns) - 1)
    sheet.ignore_errors({"number_stored_as_text": everywhere})
    for number, (column, width) in enumerate(zip(table.columns, _widths(build, table), strict=True)):
        sheet.set_column(number, number, width, formats.of_kind[column.kind])
        sheet.write_string(0, number, column.name, formats.header)
    build.execute(harmless_rows(table))
    row = 0
    while rows := build.fetchmany(_ROWS_AT_ONCE):
        for values in rows:
            row += 1
            for number, (column, value) in enumerate(zip(table.columns, values, strict=True)):
                if value is not None:
                    _write_value(sheet, row, number, column, value, formats, table)


def _write_value(
    sheet: Worksheet, row: int, number: int, column: Column, value: object, formats: _Formats, table: Table
) -> None:
    form = formats.of_kind[column.kind]
    match column.kind:
        case Kind.TEXT:
            if sheet.write_string(row, number, value, form) == _TOO_LONG:
                problem = Problem("a text too long for a cell of Excel", "32,767 characters at most", "shorten it")
                raise DatabaseError(f"main.{table.name}.{column.name}", problem)
        case Kind.BOOLEAN:
            sheet.write_boolean(row, number, value, form)
        case Kind.DATE | Kind.TIME:
            sheet.write_datetime(row, number, value, form)
        case Kind.INTEGER | Kind.NUMBER:
            sheet.write_number(row, number, value, form)


def _widths(build: duckdb.DuckDBPyConnection, table: Table) -> list[int]:
    """Return how many characters wide each column is to be."""
    longest = ", ".join(f"coalesce(max(length({quoted(name)}::varchar)), 0)" for name in table.column_names)
    [found] = build.execute(f"select {longest} from {table.quoted_name}").fetchall()  # noqa: S608 - own names
    sizes = []
    for column, length in zip(table.columns, found, strict=True):
        shown = 19 if column.kind is Kind.TIME else length
        # The sign of the filter covers the end of a header.
        sizes.append(min(max(shown, len(column.name) + 3) + 1, _WIDEST))
    return sizes


def _write_columns(sheet: Worksheet, formats: _Formats, sheets: Sequence[Sheet]) -> None:
    sheet.freeze_panes(1, 0)
    for number, (name, width) in enumerate({"table": 38, "column": 34, "type": 10, "what it holds": 110}.items()):
        sheet.set_column(number, number, width)
        sheet.write_string(0, number, name, formats.header)
    described = [(each.table.name, column) for each in sheets for column in each.table.columns]
    for row, (table, column) in enumerate(described, start=1):
        for number, text in enumerate((table, column.name, column.kind.value, column.comment)):
            sheet.write_string(row, number, harmless_text(text), formats.wrapped)
    sheet.autofilter(0, 0, len(described), 3)
