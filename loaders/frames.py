"""Reports → data frames, column by column, as the schema `raw` takes them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime

import numpy as np
import pandas as pd

from loaders import __version__
from loaders.report import Report


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
        }
    )


def tables_frame(reports: Sequence[Report]) -> pd.DataFrame:
    """Return one row per printed table.

    Columns: report_id, page_number and table_number as in raw.cells, `header` and `line_numbers` as in
    PrintedTable, and `rows`, the rows of the table joined by line feeds.
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
            "sheet_name": [table.places and table.places[0].sheet_name for _, _, table in numbered],
            "rows": ["\n".join(table.rows) for _, _, table in numbered],
        }
    )
