"""Replace the database file that readers open by what the build holds, in one step or not at all."""

from __future__ import annotations

import shutil
import stat
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

import duckdb

from publishers.fitness import build_file, fit_build
from publishers.publisher import Published, Publisher
from publishers.releases import Release, ReleasedTable, read_release, require_fit, rows_of_files, write_release
from publishers.replacing import READ_ONLY, real_file, replace, seen, take_turns
from publishers.tables import STATE, ReadersTable, readers_tables, rows_fingerprint
from publishers.writing import add_reports, write_whole
from warehouse import database
from warehouse.errors import DatabaseError, Problem
from warehouse.naming import require_usable_name
from warehouse.settings import READERS_FILE

_Reports = dict[str, tuple[str, datetime]]
"""report_id → the state of the project that its figures come from, and when it was loaded."""


def publish(source: Path, target: Path) -> Published:
    """Make `target` a database with the tables of the build `source`, replacing it in one step.

    The new file is written beside the target, flushed to disk and renamed over it, so that at every moment, also when
    the machine stops, `target` is either the whole old file or the whole new one; programs that hold the old one open
    keep reading it. Nothing is written where the target holds the same build already. Where the build has only more
    reports, they are added to a copy of the target; else all is written anew. Two publishers come one after the other.

    Leaves the target as it was and raises DatabaseError if a file cannot be used, RefusedError if the build is not
    fit to be read.
    """
    origin, readers_file = build_file(source), real_file(target, option="--to")
    if origin.is_dir():
        require_usable_name(readers_file)
        return take_turns(readers_file, target, lambda: _publish_release(origin, readers_file, source, target))
    if readers_file.exists() and readers_file.samefile(origin):
        raise DatabaseError(str(target), Problem("the build itself", "another file", "give another file with --to"))
    # Readers attach the file under the name that DuckDB takes from it, which must not be that of a schema.
    require_usable_name(readers_file)
    return take_turns(readers_file, target, lambda: _publish(origin, readers_file, source, target))


PUBLISHER = Publisher(
    summary="write the DuckDB file that readers open",
    target=READERS_FILE,
    target_kind="FILE",
    target_summary="file that readers open",
    publish=publish,
)


def _publish(origin: Path, readers_file: Path, source: Path, target: Path) -> Published:
    """Publish once; `source` and `target` are the files as the user named them. Raises TargetChangedError."""
    # The build stays open until all is written, so that what is published is what was looked at.
    with fit_build(origin, source) as build:
        tables = readers_tables(build)
        expected = seen(readers_file)
        new_reports = None if expected is None else _new_reports(build, readers_file, tables)
        if new_reports == []:
            _make_read_only(readers_file)
            return Published(target, len(tables), "table", is_unchanged=True)

        def write(unfinished: Path) -> None:
            with _told_of(target, unfinished):
                if new_reports is None:
                    write_whole(origin, unfinished, tables)
                else:
                    shutil.copyfile(readers_file, unfinished)
                    add_reports(origin, unfinished, tables, new_reports)

        replace(readers_file, expected, write)
    return Published(target, len(tables), "table", is_unchanged=False)


def _publish_release(origin: Path, readers_file: Path, source: Path, target: Path) -> Published:
    """Publish a release once, all of it anew unless the file holds it already. Raises TargetChangedError."""
    release = read_release(origin, source)
    require_fit(release, source)
    expected = seen(readers_file)
    is_unchanged = expected is not None and _holds(readers_file, origin, release)
    if is_unchanged:
        _make_read_only(readers_file)
    else:

        def write(unfinished: Path) -> None:
            with _told_of(target, unfinished):
                write_release(origin, source, release, unfinished)

        try:
            replace(readers_file, expected, write)
        except duckdb.Error as error:
            raise database.explained(error, source, "--from") from error
    return Published(target, len(release.tables), "table", is_unchanged)


def _holds(readers_file: Path, origin: Path, release: Release) -> bool:
    """Return whether a published file has the tables and reports of a release, as they were built."""
    if readers_file.with_name(f"{readers_file.name}.wal").exists():
        return False
    try:
        with database.connect(readers_file, read_only=True) as readers:
            if readers_tables(readers) != [table.as_readers_table for table in release.tables]:
                return False
            if any(_count(readers, f"from {_name(table)}") != table.rows for table in release.tables):
                return False
            [state] = [table for table in release.tables if f"{table.schema}.{table.name}" == STATE]
            released = f"select report_id, project_fingerprint, loaded_at from {rows_of_files(origin, state.files)}"  # noqa: S608 - own names
            return _reports(readers) == _by_report(readers.execute(released).fetchall())
    except (DatabaseError, duckdb.Error):
        return False


def _name(table: ReleasedTable) -> str:
    return table.as_readers_table.quoted_name


@contextmanager
def _told_of(target: Path, unfinished: Path) -> Iterator[None]:
    """Tell of the target where DuckDB names the file that it could not write; other errors are the source's."""
    try:
        yield
    except duckdb.Error as error:
        if str(unfinished) in str(error):
            raise database.explained(error, target, "--to") from error
        raise


def _make_read_only(readers_file: Path) -> None:
    # Only the owner of a file may change its mode, also to what it is.
    if stat.S_IMODE(readers_file.stat().st_mode) != READ_ONLY:
        readers_file.chmod(READ_ONLY)


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
    return _by_report(
        connection.execute(
            f"select report_id, project_fingerprint, loaded_at from {STATE} semi join raw.reports using (report_id)"  # noqa: S608 - own names
        ).fetchall()
    )


def _by_report(rows: list[tuple[str, str, datetime]]) -> _Reports:
    return {report_id: (fingerprint, loaded_at) for report_id, fingerprint, loaded_at in rows}
