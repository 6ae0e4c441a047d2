"""How an edition's tables may stand in the sheets of a workbook, and what a workbook stores for its figures."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from fractions import Fraction
from math import floor

from tests.loaders.printed_tables import Row, Tables
from tests.loaders.sheets.writers import Sheet, Stored, Workbook

FORMAT = "#\\ ##0"
STARRED_FORMAT = '[<4]"*";#\\ ##0'
"""Displays a star for numbers below 4."""
_HIDDEN = 2
"""What is stored where a format displays a star."""
NOTE = (
    "I henhold til Statistikklovens § 7-1 har NAV valgt å erstatte verdier i celler hvor tallene er mindre enn 4 med "
    "spesialtegn «*»."
)
TITLE = "Deltakere på tiltak. {period}"
AVERAGE = "Gjennomsnitt hittil i år"


def stored(figures: tuple[str, ...]) -> list[Stored]:
    """Return what a workbook stores for an average and its months: the average unrounded where it can be known."""
    average, *months = [figure if figure == "*" else int(figure.replace(" ", "")) for figure in figures]
    numbers = [month for month in months if isinstance(month, int)]
    if len(numbers) == len(months) and isinstance(average, int):
        mean = Fraction(sum(numbers), len(numbers))
        if floor(mean + Fraction(1, 2)) == average:
            return [float(mean), *months]
    return [average, *months]


def fill(
    sheet: Sheet,
    header: list[str],
    rows: Sequence[Row | None],
    first_row: int,
    *,
    first_column: int = 1,
    gap: int = 0,
    number_format: str = FORMAT,
) -> int:
    """Write a block: its header, then its rows, with so many empty columns between label and figures.

    None leaves a row blank. Returns the number of the row below the block.
    """
    for place, heading in enumerate([AVERAGE, *header[1:]]):
        sheet.put(first_row, first_column + 1 + gap + place, heading)
    for row, printed in enumerate(rows, start=first_row + 1):
        if printed is None:
            continue
        label, figures = printed
        sheet.put(row, first_column, label)
        for place, value in enumerate(stored(figures)):
            shown = _HIDDEN if value == "*" and number_format == STARRED_FORMAT else value
            sheet.put(row, first_column + 1 + gap + place, shown, number_format)
    return first_row + 1 + len(rows)


def _begun(workbook: Workbook, name: str, period: str, width: int) -> Sheet:
    sheet = workbook.sheet(name)
    sheet.merge(1, 1, width, TITLE.format(period=period))
    return sheet


def stacked(workbook: Workbook, period: str, tables: Tables) -> None:
    """Blocks below each other, a blank row after each total, an empty column before the figures."""
    sheet = _begun(workbook, "Alt", period, 8)
    row = 3
    for header, rows in tables:
        blank = [None] if len(rows) > 1 else []
        row = fill(sheet, header, [rows[0], *blank, *rows[1:]], row, gap=1) + 2


def beside(workbook: Workbook, period: str, tables: Tables) -> None:
    """Two blocks beside each other in every sheet."""
    for number in range(0, len(tables), 2):
        sheet = _begun(workbook, f"Ark {number}", period, 8)
        for place, (header, rows) in enumerate(tables[number : number + 2]):
            fill(sheet, header, rows, 3, first_column=1 + (len(header) + 2) * place)


def matrix(workbook: Workbook, period: str, tables: Tables) -> None:
    """One header for all blocks; the first column names the measure or the group in the row of its total."""
    sheet = _begun(workbook, "Matrise", period, 8)
    for column, heading in enumerate(["Tiltak", "Fordeling", AVERAGE, *tables[0][0][1:]], start=1):
        sheet.put(3, column, heading)
    row = 4
    for _, rows in tables:
        whole = rows[0][0].removeprefix("I alt").strip() or "Alle"
        for place, (label, figures) in enumerate(rows):
            sheet.put(row, 1, None if place else whole)
            sheet.put(row, 2, label if place else "I alt")
            for column, value in enumerate(stored(figures), start=3):
                sheet.put(row, column, value, "#,##0")
            row += 1


def starred(workbook: Workbook, period: str, tables: Tables) -> None:
    """Put each block into a sheet of its own; its format displays small numbers, which are stored, as stars."""
    for number, (header, rows) in enumerate(tables, start=1):
        fill(_begun(workbook, f"{number}. Tiltak", period, 6), header, rows, 3, number_format=STARRED_FORMAT)


SHEET_LAYOUTS: dict[str, Callable[[Workbook, str, Tables], None]] = {
    "stacked": stacked,
    "beside": beside,
    "matrix": matrix,
    "stars by format": starred,
}


def saved(
    library: Callable[[], Workbook], layout: Callable[[Workbook, str, Tables], None], period: str, tables: Tables
) -> bytes:
    """Return an edition's tables as a workbook."""
    workbook = library()
    workbook.sheet("Om tabellene").put(1, 1, NOTE)
    layout(workbook, period, tables)
    return workbook.content()
