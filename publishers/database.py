"""Replace the database file that readers open by what the build holds, in one step or not at all."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path

import duckdb

from loaders import database
from loaders.errors import DatabaseError, Problem, counted

PUBLISHED_SCHEMAS = ("raw", "reference", "intermediate", "marts", "audit")
"""Schemas whose tables readers may query; views are left out, as they would name the build's file."""

UNPUBLISHED_TABLES = {
    "audit.propagated_bounds": "narrows stars further than the report itself does",
    "audit.explaining_cells": "is reasoned from narrowed stars",
    "audit.exact_findings": "is reasoned from narrowed stars",
    "audit.suspect_cells": "is reasoned from narrowed stars, and empty in a build that is fit to be read",
    "audit.joint_terms": "is a working table whose keys mean nothing outside the build",
    "audit.joint_rules": "is a working table whose keys mean nothing outside the build",
    "audit.misprinted_cells": "is empty in a build that is fit to be read",
    "audit.disclosure_risk": "tells which suppressed figures can be worked out, and how",
    "audit.disclosure_summary": "counts them per edition",
    "audit.all_checks": "is the same as audit.reconciliation_checks",
}
"""Tables of published schemas that readers must not or need not find, each with the reason.

The Statistics Act is why the report prints stars: what readers open may not tell more about them than the report does.
"""

_BUILD_FIRST = "run `make build`"


@dataclass(frozen=True, slots=True)
class Published:
    """What publishing did: how many tables readers find, and whether they found the same before."""

    table_count: int
    is_unchanged: bool


@dataclass(frozen=True, slots=True)
class _Table:
    schema: str
    name: str
    definition: str
    comments: tuple[str, ...]

    @property
    def quoted_name(self) -> str:
        return f"{_quoted(self.schema)}.{_quoted(self.name)}"


def publish(source: Path, target: Path) -> Published:
    """Make `target` a database with the tables of the build `source`, replacing it in one step.

    The new file is written beside the target, flushed to disk and renamed over it, so that at every moment,
    also when the machine stops, `target` is either the whole old file or the whole new one; programs that hold
    the old one open keep reading it. Nothing is written where the target holds the same tables already.

    Raises DatabaseError, leaving the target as it was, if a file cannot be used or the build is not fit to be
    read.
    """
    if not source.is_file():
        raise DatabaseError(str(source), Problem("no such file", "a build", _BUILD_FIRST))
    if target.is_dir():
        raise DatabaseError(str(target), Problem("a folder", "a file name", "give another file with --to"))
    if target.exists() and target.samefile(source):
        raise DatabaseError(str(target), Problem("the build itself", "another file", "give another file with --to"))
    with database.connect(source, read_only=True) as build:
        try:
            _require_fit_build(build, source)
            tables = _published_tables(build)
            if target.exists() and _fingerprint(build, tables) == _fingerprint_of_file(target):
                return Published(len(tables), is_unchanged=True)
        except duckdb.Error as error:
            raise database.explained(error, source) from error
    _replace(source, target, tables)
    return Published(len(tables), is_unchanged=False)


def _require_fit_build(build: duckdb.DuckDBPyConnection, source: Path) -> None:
    """Raise DatabaseError unless the build covers the loaded reports and every rule holds."""
    listed = build.execute("select schema_name || '.' || table_name from duckdb_tables()").fetchall()
    missing = {"raw.reports", "marts.dim_report", "audit.reconciliation_checks"} - {name for (name,) in listed}
    if missing:
        found = f"no table {', '.join(sorted(missing))}"
        raise DatabaseError(str(source), Problem(found, "a whole build", _BUILD_FIRST))
    unbuilt = _count(
        build,
        "(select report_id from raw.reports except select report_id from marts.dim_report) union all "
        "(select report_id from marts.dim_report except select report_id from raw.reports)",
    )
    if unbuilt:
        found = f"{counted(unbuilt, 'report')} loaded or removed since the build"
        raise DatabaseError(str(source), Problem(found, "a build of all reports", _BUILD_FIRST))
    failed = _count(build, "select 1 from audit.reconciliation_checks where verdict not in ('proven', 'possible')")
    if failed:
        found = f"{counted(failed, 'check')} that do not hold"
        raise DatabaseError(str(source), Problem(found, "a build whose rules all hold", "see what `dbt test` says"))


def _count(build: duckdb.DuckDBPyConnection, query: str) -> int:
    row = build.execute(f"select count(*) from ({query})").fetchone()  # noqa: S608 - queries of this module
    return int(row[0]) if row else 0


def _published_tables(build: duckdb.DuckDBPyConnection) -> list[_Table]:
    """Return the tables of the published schemas but those kept from readers, sorted by schema and name."""
    rows = build.execute(
        "select schema_name, table_name, sql, comment from duckdb_tables() "
        "where database_name = current_database() and list_contains(?, schema_name) "
        "and not list_contains(?, schema_name || '.' || table_name) order by all",
        [list(PUBLISHED_SCHEMAS), list(UNPUBLISHED_TABLES)],
    ).fetchall()
    comments: dict[tuple[str, str], list[str]] = {}
    for schema, table, column, comment in build.execute(
        "select schema_name, table_name, column_name, comment from duckdb_columns() where comment is not null"
        " order by schema_name, table_name, column_index"
    ).fetchall():
        name = f"{_quoted(schema)}.{_quoted(table)}.{_quoted(column)}"
        comments.setdefault((schema, table), []).append(f"comment on column {name} is {_literal(comment)}")
    tables = []
    for schema, name, definition, comment in rows:
        if f"{schema}.{name}" in UNPUBLISHED_TABLES:
            continue
        own = [f"comment on table {_quoted(schema)}.{_quoted(name)} is {_literal(comment)}"] if comment else []
        tables.append(_Table(schema, name, definition, (*own, *comments.get((schema, name), []))))
    return tables


def _fingerprint(connection: duckdb.DuckDBPyConnection, tables: list[_Table]) -> list[tuple[object, ...]]:
    """Return what tells sets of tables apart: definitions, comments, and the rows whatever their order."""
    fingerprint: list[tuple[object, ...]] = []
    for table in tables:
        query = (
            "select count(*), sum(hash(each_row)::hugeint), bit_xor(hash(each_row)) "  # noqa: S608 - own names
            f"from {table.quoted_name} as each_row"
        )
        rows = connection.execute(query).fetchone()
        fingerprint.append((table, rows))
    return fingerprint


def _fingerprint_of_file(target: Path) -> list[tuple[object, ...]] | None:
    """Return the fingerprint of the published file; None where it cannot be read, so that it is replaced."""
    try:
        with database.connect(target, read_only=True) as readers:
            return _fingerprint(readers, _published_tables(readers))
    except (DatabaseError, duckdb.Error):
        return None


def _replace(source: Path, target: Path, tables: list[_Table]) -> None:
    """Write the tables of `source` to a file beside `target` and rename it over the target."""
    unfinished = target.with_name(f".{target.name}.unfinished")
    try:
        _remove(unfinished)
        with database.workspace() as writer:
            writer.execute(f"attach {_literal(str(source.absolute()))} as build (read_only)")
            # Most tables are small: with blocks of the usual 256 KiB the file would be mostly empty.
            writer.execute(f"attach {_literal(str(unfinished.absolute()))} as readers (block_size 16384)")
            writer.execute("use readers")
            for schema in sorted({table.schema for table in tables}):
                writer.execute(f"create schema {_quoted(schema)}")
            for table in tables:
                writer.execute(table.definition)
                writer.execute(f"insert into {table.quoted_name} from build.{table.quoted_name}")
                for comment in table.comments:
                    writer.execute(comment)
            writer.execute("checkpoint readers")
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


def _quoted(identifier: str) -> str:
    return '"' + identifier.replace('"', '""') + '"'


def _literal(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"
