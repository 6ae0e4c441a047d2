"""The sample report as lines, tables and printed figures: what mutants are made of."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import NamedTuple, Self

from loaders.parsing import parse_report
from loaders.periods import read_period
from loaders.report import PrintedTable, Report

STAR = "*"


class Place(NamedTuple):
    """Where a figure is printed; both count from 1, as in raw.cells."""

    line_number: int
    column_number: int


def value_of(text: str) -> int | None:
    """Return the number that a figure's text prints; None for a star."""
    digits = "".join(char for char in text if char.isdigit())
    return int(digits) if digits else None


@dataclass(frozen=True)
class Sample:
    """One clean report: the lines of its file, from index 0, and what the loader makes of them."""

    lines: tuple[str, ...]
    report: Report

    @classmethod
    def of(cls, content: bytes, file_name: str) -> Self:
        """Read a report whose lines end in LF. Raises RejectedReportError if the loader would."""
        return cls(tuple(content.decode().split("\n")), parse_report(content, file_name))

    @classmethod
    def read(cls, path: Path) -> Self:
        """Read a report file, as `of` does."""
        return cls.of(path.read_bytes(), path.name)

    @property
    def tables(self) -> tuple[PrintedTable, ...]:
        """The header blocks, as printed."""
        return self.report.tables

    @cached_property
    def figures(self) -> dict[Place, str]:
        """The text of every printed figure or star, in printed order."""
        return {
            Place(line_number, column_number): text
            for table in self.tables
            for line_number, row in zip(table.line_numbers, table.rows, strict=True)
            for column_number, text in enumerate(row.split("\t")[1:], start=1)
        }

    @cached_property
    def copies(self) -> dict[int, int]:
        """The lines that print a total again → the line that prints it first.

        A total row with the same figures as a row above it is a copy: tables repeat the total of their measure,
        which the first table of all prints as a row. This holds by the figures alone, whatever the labels look like.
        """
        first: dict[str, int] = {}
        copies: dict[int, int] = {}
        for table in self.tables:
            for line_number, row in zip(table.line_numbers, table.rows, strict=True):
                _, _, figures = row.partition("\t")
                if line_number == table.first_line and figures in first:
                    copies[line_number] = first[figures]
                first.setdefault(figures, line_number)
        return copies

    @cached_property
    def pages(self) -> tuple[tuple[int, int], ...]:
        """Start and end, as indexes of lines, of each page: from a line that prints the period to the next."""
        starts = [index for index, line in enumerate(self.lines) if read_period(line) is not None]
        return tuple(zip(starts, [*starts[1:], len(self.lines)], strict=True))

    def spliced(self, start: int, end: int, replacement: tuple[str, ...]) -> bytes:
        """Return the text of the report with other lines in the place of those from index `start` to `end`."""
        return "\n".join((*self.lines[:start], *replacement, *self.lines[end:])).encode()

    def report_of(self, content: bytes, file_name: str) -> Report:
        """Return the record of a text that has the layout of the sample, as the loader would make it, without tables.

        Only the figures may differ from the sample's; then all but the text's own fingerprint is the same.
        """
        sha256 = hashlib.sha256(content).hexdigest()
        return Report(file_name, sha256, len(content), self.report.period, self.report.suppression_threshold, ())
