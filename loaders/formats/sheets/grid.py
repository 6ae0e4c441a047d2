"""A sheet as a person sees it: the text that each cell displays, row by row."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

MAX_CELLS = 1_000_000
"""Of all sheets of a workbook together; a year of one family has some 20,000."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """A sheet and what its cells display."""

    name: str
    rows: Sequence[Sequence[str]]
    """The text of each cell from A1 on, in one line, empty where nothing is displayed; rows may differ in length.

    Of cells that are merged, the first has the text.
    """

    def text(self, row: int, column: int) -> str:
        """Return what a cell displays, without spaces around it; empty beyond the last column. Both count from 0."""
        cells = self.rows[row]
        return cells[column].strip() if column < len(cells) else ""

    def texts(self, row: int, columns: range) -> list[str]:
        """Return what the cells of a row display, spaces around it included, one text for each column."""
        cells = self.rows[row]
        return [cells[column] if column < len(cells) else "" for column in columns]


def one_line(text: str) -> str:
    """Return a cell's text in one line: line ends and tabs within it part words, as spaces do."""
    return text if text.isprintable() else " ".join(text.split())
