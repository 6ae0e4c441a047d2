"""Reports → the tables of the schema `raw`, through pandas; each report is there whole or not at all."""

from __future__ import annotations

from collections.abc import Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import suppress
from pathlib import Path
from types import TracebackType
from typing import Self

import duckdb

from loaders import schema
from loaders.frames import reports_frame, tables_frame
from loaders.report import Report
from warehouse.database import connect, exists, explained
from warehouse.editions import has_tables, reports_of_one_period
from warehouse.issues import Issued
from warehouse.naming import require_usable_name

CELLS_PER_TRANSACTION = 400_000
"""Reports are landed together up to about this many cells, some hundred editions.

DuckDB writes row groups of 122,880 rows well and small pieces badly: with a transaction for each, a report
takes five times as long. One report alone, the monthly case, is one transaction.
"""


class Landing:
    """Lands reports in one database file; a context manager that closes the file.

    As long as there is nothing to land the file is only open for reading, so that a run that changes
    nothing cannot change a byte, and gets along with other readers. It is made only when there is a report
    to land. A worker thread lands one lot of reports while the caller reads and parses the next.
    """

    def __init__(self, path: Path) -> None:
        """Prepare to land in the database at `path`, which need not exist yet."""
        self._path = path
        self._reader: duckdb.DuckDBPyConnection | None = None
        self._writer: duckdb.DuckDBPyConnection | None = None
        self._known: dict[str, str] = {}
        self._waiting: list[Report] = []
        self._waiting_cells = 0
        self._worker = ThreadPoolExecutor(max_workers=1)
        self._at_work: Future[None] | None = None

    def __enter__(self) -> Self:
        """Open the database if it exists, and see what is loaded. Raises DatabaseError."""
        require_usable_name(self._path)
        if exists(self._path):
            self._reader = connect(self._path, read_only=True)
            self._see_what_is_loaded(self._reader)
            if self._known and not self._is_up_to_date(self._reader):
                self._open_for_writing()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Close the database; what still waits is dropped, so call `finish` first."""
        self._worker.shutdown()
        for connection in (self._reader, self._writer):
            if connection is not None:
                connection.close()

    def known_as(self, sha256: str) -> str | None:
        """Return the report_id under which this content is loaded, or waits to be; None for new content."""
        return self._known.get(sha256)

    def add(self, report: Report) -> bool:
        """Take a report, to be landed now or with the next; return whether its content is new.

        Raises DatabaseError.
        """
        if self._writer is None:
            self._open_for_writing()
        if report.sha256 in self._known:
            return False
        self._known[report.sha256] = report.report_id
        self._waiting.append(report)
        self._waiting_cells += report.cell_count
        if self._waiting_cells >= CELLS_PER_TRANSACTION:
            self._hand_over()
        return True

    def finish(self) -> None:
        """Land what waits, and return when it is in the database. Raises DatabaseError."""
        self._hand_over()
        self._take_back()

    def reports_of_one_period(self) -> list[Issued]:
        """Return the reports in the database whose period another one has too. Raises DatabaseError."""
        connection = self._writer or self._reader
        try:
            return reports_of_one_period(connection) if connection and has_tables(connection) else []
        except duckdb.Error as error:
            raise explained(error, self._path) from error

    def _open_for_writing(self) -> None:
        if self._reader is not None:
            self._reader.close()
            self._reader = None
        self._writer = connect(self._path, read_only=False)
        self._upgrade(self._writer)
        # Another loader may have been here since the file was open for reading.
        self._see_what_is_loaded(self._writer)

    @staticmethod
    def _is_up_to_date(connection: duckdb.DuckDBPyConnection) -> bool:
        return connection.execute(schema.IS_UP_TO_DATE).fetchall() == [(True,)]

    def _upgrade(self, connection: duckdb.DuckDBPyConnection) -> None:
        """Add the columns that a database of an earlier version lacks."""
        try:
            if has_tables(connection) and not self._is_up_to_date(connection):
                connection.execute(schema.UPGRADE)
        except duckdb.Error as error:
            raise explained(error, self._path) from error

    def _see_what_is_loaded(self, connection: duckdb.DuckDBPyConnection) -> None:
        try:
            if has_tables(connection):
                self._known = dict(connection.execute(schema.KNOWN_REPORTS).fetchall())
        except duckdb.Error as error:
            raise explained(error, self._path) from error

    def _hand_over(self) -> None:
        self._take_back()
        if self._writer is not None and self._waiting:
            self._at_work = self._worker.submit(land, self._writer, self._waiting)
            self._waiting = []
            self._waiting_cells = 0

    def _take_back(self) -> None:
        if self._at_work is not None:
            work, self._at_work = self._at_work, None
            try:
                work.result()
            except duckdb.Error as error:
                raise explained(error, self._path) from error


def land(connection: duckdb.DuckDBPyConnection, reports: Sequence[Report]) -> None:
    """Land reports whose content is new in one transaction.

    Labels and figures reach the database as data, never as part of a statement. Raises duckdb.Error; then
    none of the reports is in the database.
    """
    connection.register("printed_reports", reports_frame(reports))
    connection.begin()
    try:
        if not has_tables(connection):
            connection.execute(schema.CREATE)
        connection.execute(schema.INSERT_REPORTS)
        for statement, some in (
            (schema.INSERT_CELLS, [report for report in reports if not report.has_pages]),
            (schema.INSERT_CELLS_ON_PAGES, [report for report in reports if report.has_pages]),
        ):
            if some:
                connection.register("printed_tables", tables_frame(some))
                connection.execute(statement)
        connection.commit()
    except duckdb.Error:
        # Where the disk is full, DuckDB has rolled back already, and a complaint about that would hide the cause.
        with suppress(duckdb.Error):
            connection.rollback()
        raise
