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


class Box(NamedTuple):
    """Where something stands on a page: in points, from the left and from the top of the page as it is displayed."""

    left: float
    top: float
    right: float
    bottom: float


class Readings(NamedTuple):
    """What was read where a scan has a figure."""

    texts: tuple[str, ...]
    """One for each reader: digits without spaces or a star, `?` for a sign it could not tell, empty for nothing."""
    agree: bool
    """Whether two of them agree, so that the figure is sure."""


class Place(NamedTuple):
    """Where a line stands in a workbook or on a page."""

    sheet_name: str | None
    """None where the file has pages."""
    line_on_page: int
    """Row of the sheet, or line of the page, from 1."""
    first_figure: int | None = None
    """Column of the sheet, from 0, that has the line's first figure; the others follow it."""
    page_number: int | None = None
    """Page of the file, from 1; None where the lines that print the period say which page it is."""
    boxes: tuple[Box | None, ...] | None = None
    """Of each figure of the line, None where it prints nothing; None where the file has no pages."""
    readings: tuple[Readings | None, ...] | None = None
    """Of each figure of the line, as `boxes`; None where the file is no scan."""

    def cell(self, column: int | None = None) -> str:
        """Return the place in words: as spreadsheets write it, `'1. Tiltak'!B14`, or `page 7, line 12`.

        `column` is that of a figure, from 0; without it, and on a page, it is the place of the line.
        """
        if self.sheet_name is None:
            return f"page {self.page_number}, line {self.line_on_page}"
        letters = "" if column is None or self.first_figure is None else column_letters(self.first_figure + column)
        return f"'{self.sheet_name}'!{letters}{self.line_on_page}"

    def with_figures(self, columns: Sequence[int] | None) -> Place:
        """Return the place with the boxes and readings of these figures alone, from 0; all where it is None."""
        if columns is None or self.boxes is None:
            return self
        kept = [column for column in columns if column < len(self.boxes)]
        readings = self.readings and tuple(self.readings[column] for column in kept)
        return self._replace(boxes=tuple(self.boxes[column] for column in kept), readings=readings)


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
    file_format: str | None = None
    """As `raw.reports.file_format` gives it, where the kind of file alone does not say it: a PDF may be a scan."""


class Reader(Protocol):
    """Reads files of one kind."""

    def __call__(self, content: bytes, file: str) -> PrintedLines:
        """Return the lines that a file's bytes print; `file` is its path as the user gave it, for messages.

        Raises RejectedReportError with every problem that keeps the content from being read.
        """
