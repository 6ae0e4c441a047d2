"""Replace the database file that readers open by what the build holds, in one step or not at all."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import duckdb

from publishers.fitness import BUILD_FIRST, require_fit_build
from publishers.tables import STATE, ReadersTable, readers_tables, rows_fingerprint
from publishers.writing import add_reports, write_whole
from warehouse import database
from warehouse.errors import DatabaseError, Problem

_Reports = dict[str, tuple[str, datetime]]
"""report_id → the state of the project that its figures come from, and when it was loaded."""


@dataclass(frozen=True, slots=True)
class Published:
    """What publishing did: how many tables readers find, and whether they found the same before."""

    table_count: int
    is_unchanged: bool


def publish(source: Path, target: Path) -> Published:
    """Make `target` a database with the tables of the build `source`, replacing it in one step.

    The new file is written beside the target, flushed to disk and renamed over it, so that at every moment,
    also when the machine stops, `target` is either the whole old file or the whole new one; programs that hold
    the old one open keep reading it. Nothing is written where the target holds the same build already. Where
    the build has only more reports, they are added to a copy of the target; else all is written anew.

    Leaves the target as it was and raises DatabaseError if a file cannot be used, RefusedError if the build is not
    fit to be read.
    """
    if not source.is_file():
        raise DatabaseError(str(source), Problem("no such file", "a build", BUILD_FIRST))
    if target.is_dir():
        raise DatabaseError(str(target), Problem("a folder", "a file name", "give another file with --to"))
    if target.exists() and target.samefile(source):
        raise DatabaseError(str(target), Problem("the build itself", "another file", "give another file with --to"))
    with database.connect(source, read_only=True) as build:
        try:
            require_fit_build(build, source)
            tables = readers_tables(build)
            new_reports = _new_reports(build, target, tables) if target.exists() else None
        except duckdb.Error as error:
            raise database.explained(error, source) from error
    if new_reports == []:
        return Published(len(tables), is_unchanged=True)

    def write(unfinished: Path) -> None:
        if new_reports is None:
            write_whole(source, unfinished, tables)
        else:
            shutil.copyfile(target, unfinished)
            add_reports(source, unfinished, tables, new_reports)

    _replace(target, write)
    return Published(len(tables), is_unchanged=False)


def _count(connection: duckdb.DuckDBPyConnection, query: str, *parameters: object) -> int:
    row = connection.execute(f"select count(*) from ({query})", parameters).fetchone()  # noqa: S608 - own queries
    return int(row[0]) if row else 0


def _new_reports(build: duckdb.DuckDBPyConnection, target: Path, tables: list[ReadersTable]) -> list[str] | None:
    """Return the reports of the build that the published file lacks; None where adding them would not do.

    That is so where the file cannot be read, has other tables, lacks or has rows of its own, or holds a report
    that is gone or was built or loaded anew since. What was removed is then not left in unused blocks either.
    """
    if target.with_name(f"{target.name}.wal").exists():
        return None
    try:
        with database.connect(target, read_only=True) as readers:
            published, built = _reports(readers), _reports(build)
            new = sorted(built.keys() - published.keys())
            if readers_tables(readers) != tables or _count(readers, "from duckdb_tables()") != len(tables):
                return None
            if published != {report_id: built[report_id] for report_id in built.keys() - set(new)}:
                return None
            for table in tables:
                if not _agree(build, readers, table, new):
                    return None
            return new
    except (DatabaseError, duckdb.Error):
        return None


def _agree(
    build: duckdb.DuckDBPyConnection, readers: duckdb.DuckDBPyConnection, table: ReadersTable, new: list[str]
) -> bool:
    """Return whether the published rows of a table can be those of the build without its new reports.

    Rows of one report or month follow from the reports, so counting them tells whether somebody else wrote.
    Tables without a key are small: code lists and dimensions, which a new report may change.
    """
    if table.key is None:
        return bool(new) or rows_fingerprint(build, table) == rows_fingerprint(readers, table)
    if table.key == "report_id":
        kept = f"from {table.quoted_name} where not list_contains(?, report_id)"
        return _count(build, kept, new) == _count(readers, f"from {table.quoted_name}")
    rows = f"from {table.quoted_name}"
    return bool(new) or _count(build, rows) == _count(readers, rows)


def _reports(connection: duckdb.DuckDBPyConnection) -> _Reports:
    rows = connection.execute(
        f"select report_id, project_fingerprint, loaded_at from {STATE} semi join raw.reports using (report_id)"  # noqa: S608 - own names
    ).fetchall()
    return {report_id: (fingerprint, loaded_at) for report_id, fingerprint, loaded_at in rows}


def _replace(target: Path, write: Callable[[Path], None]) -> None:
    """Have a file written beside `target` and rename it over the target. Raises DatabaseError."""
    unfinished = target.with_name(f".{target.name}.unfinished")
    try:
        _remove(unfinished)
        write(unfinished)
        _flush(unfinished)
        # A log left by someone who wrote into the old file would be applied to the new one.
        target.with_name(f"{target.name}.wal").unlink(missing_ok=True)
        unfinished.replace(target)
        _flush(target.absolute().parent)
    except duckdb.Error as error:
        _remove(unfinished)
        raise database.explained(error, target) from error
    except OSError as error:
        _remove(unfinished)
        found = f"a file that cannot be written ({error.strerror})"
        raise DatabaseError(
            str(target), Problem(found, "a folder open for writing", "give another file with --to")
        ) from error


def _remove(unfinished: Path) -> None:
    unfinished.unlink(missing_ok=True)
    unfinished.with_name(f"{unfinished.name}.wal").unlink(missing_ok=True)


def _flush(path: Path) -> None:
    """Have the system write the file or folder at `path` to the disk itself."""
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
