"""The figures of a scan that are not sure, read from the audit's tables of a build."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import duckdb

from auditors.failures import require_tables
from loaders.formats.lines import Box
from warehouse import database

OPEN = "open"
ACCUSED = "accused"
_TO_DECIDE = (OPEN, ACCUSED)

_DOUBTS = """
select
    doubts.line_number,
    doubts.column_number,
    doubts.page_number,
    doubts.line_on_page,
    doubts.row_label,
    doubts.column_label,
    doubts.readings,
    doubts.state,
    doubts.settled_text,
    doubts.candidates,
    cells.box_left,
    cells.box_top,
    cells.box_right,
    cells.box_bottom
from audit.illegible_cells as doubts
inner join raw.cells as cells using (report_id, line_number, column_number)
where report_id = ?
order by doubts.line_number, doubts.column_number
"""


@dataclass(frozen=True, slots=True)
class Doubt:
    """A figure of a scan on which no two readings agree, or that the rules accuse."""

    line_number: int
    column_number: int
    page_number: int
    line_on_page: int
    row_label: str
    column_label: str
    readings: tuple[str, ...]
    state: str
    """As `audit.illegible_cells` has it."""
    settled_text: str | None
    """The one figure that it can be; None where there are several."""
    candidates: str
    box: Box | None
    """Where it stands on its page as scanned, in points; None where that is not known."""

    @property
    def is_to_decide(self) -> bool:
        """Return whether a person must say what it is before the report can be published."""
        return self.state in _TO_DECIDE

    @property
    def place(self) -> str:
        """Return page, line and column in words."""
        return f"page {self.page_number}, line {self.line_on_page}: column {self.column_number} ({self.column_label})"

    @property
    def said(self) -> str:
        """Return what was read there, in words."""
        texts = [text for text in dict.fromkeys(self.readings) if text]
        return f"read as {' or '.join(texts)}" if texts else "nothing was read there"

    @property
    def left(self) -> str:
        """Return what the rules leave there, in words."""
        return f"the rules leave {self.candidates}"


def file_format_of(build: Path, report_id: str) -> str:
    """Return the kind of file that a loaded report was read from, as `raw.reports.file_format` has it."""
    with database.connect(build, read_only=True) as connection:
        [(file_format,)] = connection.execute(
            "select file_format from raw.reports where report_id = ?", [report_id]
        ).fetchall()
        return str(file_format)


def read_doubts(build: Path, report_id: str) -> list[Doubt]:
    """Return the figures in doubt of a report, in its order. Raises DatabaseError if the build cannot be used."""
    with database.connect(build, read_only=True) as connection:
        require_tables(connection, build, {"raw.cells", "audit.illegible_cells"})
        try:
            rows = connection.execute(_DOUBTS, [report_id]).fetchall()
        except duckdb.Error as error:
            raise database.explained(error, build) from error
    return [_doubt(row) for row in rows]


def _doubt(row: tuple[Any, ...]) -> Doubt:
    *said, state, settled_text, candidates, left, top, right, bottom = row
    line_number, column_number, page_number, line_on_page, row_label, column_label, readings = said
    return Doubt(
        line_number,
        column_number,
        page_number,
        line_on_page,
        row_label,
        column_label,
        tuple(readings or ()),
        state,
        settled_text,
        candidates,
        None if left is None else Box(left, top, right, bottom),
    )
