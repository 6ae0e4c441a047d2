"""Report texts to test with, and what the loader reads in them."""

from __future__ import annotations

from pathlib import Path

from loaders.parsing import parse_report
from loaders.report import PrintedTable, Report
from tests.loaders.printed_tables import Row
from warehouse.errors import RejectedReportError

EXCERPTS = Path(__file__).parent / "excerpts"

HEADER = "\tGjennom snitt hittil i år\tJanuar\tFebruar\tMars\tApril"
PERIOD = "Januar 2024 - April 2024"


def excerpt(name: str) -> str:
    """Return the text of an excerpt of the sample report, one per oddity."""
    return (EXCERPTS / f"{name}.txt").read_text(encoding="utf-8")


def parsed(text: str) -> Report:
    """Return the report that a text is."""
    return parse_report(text.encode(), "report.txt")


def labels(table: PrintedTable) -> list[str]:
    """Return the labels of the rows of a table."""
    return [row.split("\t")[0] for row in table.rows]


def complaints_about(content: str | bytes) -> list[str]:
    """Return the messages with which content is rejected, none if it is accepted."""
    try:
        parse_report(content if isinstance(content, bytes) else content.encode(), "report.txt")
    except RejectedReportError as error:
        return str(error).split("\n")
    return []


def rows_of_table(table: PrintedTable) -> list[Row]:
    """Return the label and the figures of each row of a table."""
    return [(fields[0].strip(), tuple(fields[1:])) for fields in (row.split("\t") for row in table.rows)]


def rows_of(report: Report) -> list[Row]:
    """Return the rows of all tables of a report."""
    return [row for table in report.tables for row in rows_of_table(table)]
