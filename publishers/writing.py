"""Write the tables of a build into a database file: all of them, or what came since the file was written."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import duckdb
from tqdm import tqdm

from publishers.tables import ReadersTable, literal, quoted
from warehouse import database

_BLOCK_SIZE = 16_384
"""Bytes. Most tables are small: with blocks of the usual 256 KiB the file would be mostly empty."""
_MEMORY_LIMIT = "500MB"
"""What DuckDB may hold, so that any publication stays below 1 GB: what does not fit waits on the disk."""

# Editions of one year print the same months, and what a month's newest figure is depends on them all. Where rows say of
# a month whether it is the newest, the month that was so before changes too.
_MONTHS_OF_REPORTS = """
year(month) in (
    select unnest(range(year(period_start), year(period_start + interval 11 months) + 1))
    from origin.raw.reports
    where list_contains(?, report_id)
)
"""


def write_whole(source: Path, target: Path, tables: Sequence[ReadersTable]) -> None:
    """Make the file `target` with the tables of the build `source`. Raises duckdb.Error."""
    with _both_open(source, target) as writer:
        for schema in sorted({table.schema for table in tables}):
            writer.execute(f"create schema if not exists {quoted(schema)}")
        for table in tqdm(tables, desc="publishing", unit=" tables", delay=1, leave=False, disable=None):
            writer.execute(table.definition)
            writer.execute(f"insert into {table.quoted_name} from origin.{table.quoted_name}")
            for comment in table.comments:
                writer.execute(comment)


def add_reports(source: Path, target: Path, tables: Sequence[ReadersTable], report_ids: Sequence[str]) -> None:
    """Add reports of the build `source` to the file `target`, which holds the others of the build already.

    Raises duckdb.Error.
    """
    with _both_open(source, target) as writer:
        writer.begin()
        for table in tables:
            rows = f"from origin.{table.quoted_name}"
            if table.key == "report_id":
                writer.execute(
                    f"insert into {table.quoted_name} {rows} where list_contains(?, report_id)", [report_ids]
                )
            elif table.key == "month":
                _replace_months(writer, table, report_ids)
            else:
                writer.execute(f"delete from {table.quoted_name}")  # noqa: S608 - own names
                writer.execute(f"insert into {table.quoted_name} {rows}")
        writer.commit()


def _replace_months(writer: duckdb.DuckDBPyConnection, table: ReadersTable, report_ids: Sequence[str]) -> None:
    """Replace the rows of the months that the reports may change by those of the build."""
    rows, new_rows = f"from {table.quoted_name}", f"from origin.{table.quoted_name}"
    changed = _MONTHS_OF_REPORTS + (" or is_latest_month" if "is_latest_month" in table.definition else "")
    months = f"select month {rows} where {changed} union select month {new_rows} where {changed}"
    writer.execute(f"create or replace temp table changed_months as {months}", [report_ids, report_ids])
    writer.execute(f"delete {rows} where month in (from changed_months)")
    writer.execute(f"insert into {table.quoted_name} {new_rows} where month in (from changed_months)")


@contextmanager
def new_readers_file(target: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    """Yield a connection with the file of the readers as the database in use, which is written out at the end."""
    with database.workspace() as writer:
        writer.execute(f"attach {literal(str(target.absolute()))} as readers (block_size {_BLOCK_SIZE})")
        writer.execute("use readers")
        # Whole editions follow each other whatever the order of their rows, which only takes memory to keep.
        writer.execute("set preserve_insertion_order = false")
        writer.execute(f"set memory_limit = '{_MEMORY_LIMIT}'")
        writer.execute(f"set temp_directory = {literal(f'{target.absolute()}.waiting')}")
        yield writer
        writer.execute("checkpoint readers")


@contextmanager
def _both_open(source: Path, target: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    """Yield a connection with the build as `origin` to read and the file of the readers as the database in use."""
    with new_readers_file(target) as writer:
        writer.execute(f"attach {literal(str(source.absolute()))} as origin (read_only)")
        yield writer
