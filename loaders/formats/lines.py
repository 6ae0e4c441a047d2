"""What every reader of a kind of file gives: the lines that a report prints, and where each of them stands."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple, Protocol


def column_letters(column: int) -> str:
    """Return the letters of a spreadsheet's column, from 0: A to Z, AA, AB and so on."""
    letters = ""
    number = column + 1
    while number:
        number, place = divmod(number - 1, 26)
        letters = chr(ord("A") + place) + letters
    return letters


class Place(NamedTuple):
    """Where a line stands in a workbook."""

    sheet_name: str
    line_on_page: int
    """Row of the sheet, from 1."""
    first_figure: int | None = None
    """Column of the line's first figure, from 0; the others follow it."""

    def cell(self, column: int | None = None) -> str:
        """Return the place as spreadsheets write it, `'1. Tiltak'!B14`; without a figure's column, from 0, its row."""
        letters = "" if column is None or self.first_figure is None else column_letters(self.first_figure + column)
        return f"'{self.sheet_name}'!{letters}{self.line_on_page}"


@dataclass(frozen=True, slots=True)
class PrintedLines:
    r"""The lines of a report, in the order in which a person reads them.

    A row of a table is one line: its label, then its figures, each after a tab. A header is a line that begins with a
    tab. Blank lines part tables from each other and from text.
    """

    texts: Sequence[str]
    numbers: Sequence[int]
    """The number of each line, as `raw.cells.line_number` gives it: whole numbers above 0 that increase.

    In a text file it is the number of the line, from 1.
    """
    places: Sequence[Place] | None = None
    """Where each line stands; None where its number says so."""


class Reader(Protocol):
    """Reads files of one kind."""

    def __call__(self, content: bytes, file: str) -> PrintedLines:
        """Return the lines that a file's bytes print; `file` is its path as the user gave it, for messages.

        Raises RejectedReportError with every problem that keeps the content from being read.
        """
