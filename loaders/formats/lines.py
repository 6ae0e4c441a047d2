"""What every reader of a kind of file gives: the lines that a report prints, and where each of them stands."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol


@dataclass(frozen=True, slots=True)
class PrintedLines:
    r"""The lines of a report, in the order in which a person reads them.

    A row of a table is one line: its label, then its figures, each after a tab. A header is a line that begins with a
    tab. Blank lines part tables from each other and from text.
    """

    texts: Sequence[str]
    numbers: Sequence[int]
    """The place of each line, as messages and `raw.cells.line_number` give it: whole numbers above 0 that increase.

    In a text file it is the number of the line, from 1.
    """


class Reader(Protocol):
    """Reads files of one kind."""

    def __call__(self, content: bytes, file: str) -> PrintedLines:
        """Return the lines that a file's bytes print; `file` is its path as the user gave it, for messages.

        Raises RejectedReportError with every problem that keeps the content from being read.
        """
