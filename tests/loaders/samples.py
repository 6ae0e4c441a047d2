"""Report texts to test with, and ways to look at what the loader made of them."""

import hashlib
from pathlib import Path
from typing import Any

import duckdb

from loaders.parsing import parse_report
from loaders.report import PrintedTable, Report
from warehouse.errors import RejectedReportError

PROJECT = Path(__file__).parents[2]
EXCERPTS = Path(__file__).parent / "excerpts"
SAMPLE = PROJECT / "reports" / "2024-04_oppfolging.txt"

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


def query(database: Path, sql: str) -> list[tuple[Any, ...]]:
    """Return the rows of a query on a database file."""
    with duckdb.connect(database, read_only=True) as connection:
        return connection.execute(sql).fetchall()


def all_rows(database: Path) -> list[list[tuple[Any, ...]]]:
    """Return every row of the schema raw, in the order stored."""
    return [query(database, "from raw.reports"), query(database, "from raw.cells")]


def digest(path: Path) -> str:
    """Return a digest of a file's bytes."""
    return hashlib.sha256(path.read_bytes()).hexdigest()
