"""Reports → data frames, column by column, as the schema `raw` takes them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime

import numpy as np
import pandas as pd

from loaders.report import PrintedTable, Report
from warehouse import __version__


def reports_frame(reports: Sequence[Report]) -> pd.DataFrame:
    """Return one row per report, with the columns of raw.reports."""
    return pd.DataFrame(
        {
            "report_id": [report.report_id for report in reports],
            "file_name": [report.file_name for report in reports],
            "sha256": [report.sha256 for report in reports],
            "byte_count": [report.byte_count for report in reports],
            "period_start": pd.to_datetime([report.period.start for report in reports]),
            "period_end": pd.to_datetime([report.period.end for report in reports]),
            "suppression_threshold": [report.suppression_threshold for report in reports],
            "loaded_at": pd.date_range(datetime.now(UTC).replace(tzinfo=None), periods=len(reports), freq="us"),
            "loader_version": __version__,
            "file_format": [report.file_format for report in reports],
            "reader_version": [report.reader_version for report in reports],
        }
    )


def tables_frame(reports: Sequence[Report]) -> pd.DataFrame:
    """Return one row per printed table.

    Columns: report_id, page_number and table_number as in raw.cells, `header` and `line_numbers` as in
    PrintedTable, and `rows`, the rows of the table joined by line feeds. In files that have pages of their own,
    `pages_of_rows` has the page of each row, and `boxes` four numbers for each figure, row by row. Of a scan,
    `readings` has what was read of each figure, joined by `|`, figures by tabs and rows by line feeds.
    """
    numbered = [
        (report.report_id, number, table) for report in reports for number, table in enumerate(report.tables, start=1)
    ]
    return pd.DataFrame(
        {
            "report_id": [report_id for report_id, _, _ in numbered],
            "page_number": [table.page_number for _, _, table in numbered],
            "table_number": [number for _, number, _ in numbered],
            "header": [table.header for _, _, table in numbered],
            "line_numbers": [np.asarray(table.line_numbers, dtype=np.int32) for _, _, table in numbered],
            "lines_on_page": [
                None
                if table.places is None
                else np.asarray([place.line_on_page for place in table.places], dtype=np.int32)
                for _, _, table in numbered
            ],
            "pages_of_rows": [_pages(table) for _, _, table in numbered],
            "boxes": [_boxes(table) for _, _, table in numbered],
            "readings": [_readings(table) for _, _, table in numbered],
            "sheet_name": [table.places and table.places[0].sheet_name for _, _, table in numbered],
            "rows": ["\n".join(table.rows) for _, _, table in numbered],
        }
    )


_NO_BOXES = np.empty(0, dtype=np.float32)
_NO_BOX = (np.nan,) * 4


def _pages(table: PrintedTable) -> np.ndarray | None:
    if table.places is None or table.places[0].page_number is None:
        return None
    return np.asarray([place.page_number for place in table.places], dtype=np.int32)


def _boxes(table: PrintedTable) -> np.ndarray:
    """Return the sides of the box of each figure: left, top, right, bottom."""
    if table.places is None or table.places[0].boxes is None:
        return _NO_BOXES
    boxes = [box or _NO_BOX for place in table.places for box in place.boxes or ()]
    return np.asarray(boxes, dtype=np.float32).reshape(-1)


def _readings(table: PrintedTable) -> str | None:
    if table.places is None or not any(place.readings for place in table.places):
        return None
    return "\n".join(
        "\t".join("|".join(read.texts) if read else "" for read in place.readings or ()) for place in table.places
    )
