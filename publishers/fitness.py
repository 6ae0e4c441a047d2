"""The build that publishers read from, and whether it is fit to be read: the same for every publisher."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import duckdb

from publishers.releases import is_release, read_release, require_fit, write_release
from publishers.replacing import real_file
from publishers.tables import STATE, literal
from warehouse import database
from warehouse.errors import DatabaseError, Problem, counted, printable, refused
from warehouse.fingerprint import current_project, project_fingerprint
from warehouse.settings import READERS_FILE

_BUILD_FIRST = "run `make build`"
_NEEDED = {
    "raw.reports",
    "intermediate.int_observations",
    "audit.reconciliation_checks",
    "build.readers_tables",
    "build.built_tables",
    STATE,
}
_SHOWN = 5
"""Tables or files named in a message; the others are counted."""

_UNBUILT_REPORTS = f"""
select coalesce(reports.file_name, built.report_id)
from raw.reports
full join {STATE} as built using (report_id, loaded_at)
where reports.sha256 is null or built.project_fingerprint is null
order by all
"""  # noqa: S608 - own names

_FOREIGN_TABLES = """
select released.schema_name || '.' || released.table_name
from build.readers_tables as released
left join build.built_tables as built using (schema_name, table_name)
where
    (released.schema_name, released.table_name) in (select (schema_name, table_name) from build.built_tables)
    and built.project_fingerprint is distinct from {fingerprint}
order by all
"""

_REPORTS_WITHOUT = """
select file_name from raw.reports
where report_id not in (select report_id from {table})
order by all
"""

_FAILED_CHECKS = "select rule_code from audit.reconciliation_checks where verdict not in ('proven', 'possible')"


def build_file(source: Path) -> Path:
    """Return the file of the build that a user names `source`, after symbolic links. Raises DatabaseError.

    Of a release of `python -m builders`, return the folder of the version that counts now, which does not change.
    """
    if is_release(source):
        return source.resolve()
    file = real_file(source, option="--from")
    if not file.exists():
        raise DatabaseError(str(source), Problem("no such file", "a build", _BUILD_FIRST))
    return file


@contextmanager
def fit_build(file: Path, source: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    """Yield a connection to read the build in `file`, which is fit to be read and cannot change while it is open.

    `source` is the file as the user named it. Raises RefusedError if the build is not fit; DatabaseError if it cannot
    be read, also where DuckDB says so within the block. A release is read into a database that goes with the block.
    """
    if file.is_dir():
        with _as_database(file, source) as build:
            yield build
        return
    with database.connect(file, read_only=True, option="--from") as build:
        try:
            _require_fit_build(build, source)
            yield build
        except duckdb.Error as error:
            raise database.explained(error, source, "--from") from error


@contextmanager
def _as_database(folder: Path, source: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    """Yield a connection to a database with the tables of a fit release."""
    release = read_release(folder, source)
    require_fit(release, source)
    with tempfile.TemporaryDirectory(prefix="tiltak-release-") as place:
        file = Path(place) / READERS_FILE.name
        try:
            write_release(folder, source, release, file)
            with database.connect(file, read_only=True, option="--from") as build:
                yield build
        except duckdb.Error as error:
            raise database.explained(error, file, "--from") from error


def _require_fit_build(build: duckdb.DuckDBPyConnection, source: Path) -> None:
    """Raise RefusedError unless the build is whole, of all loaded reports and the project as it is, and its rules hold.

    `source` is the file of the build, for the message. Raises duckdb.Error where the file cannot be read.
    """
    present = set(_names(build, "select schema_name || '.' || table_name from duckdb_tables()"))
    missing = _NEEDED - present
    if not missing:
        missing = set(_names(build, "select schema_name || '.' || table_name from build.readers_tables")) - present
    if missing:
        raise _unfit(source, f"no table {', '.join(sorted(missing))}", "a whole build")
    if unbuilt := _names(build, _UNBUILT_REPORTS):
        found = f"{counted(len(unbuilt), 'report')} loaded or removed since the build, or not built to the end"
        raise _unfit(source, f"{found}: {_few(unbuilt)}", "a build of all reports")
    # Written into the query, as DuckDB imports pandas, which takes a third of a second, to look at a parameter.
    fingerprint = literal(project_fingerprint(current_project()))
    if foreign := _names(build, _FOREIGN_TABLES.format(fingerprint=fingerprint)):
        found = f"{counted(len(foreign), 'table')} of another state of the project, or not made to the end"
        raise _unfit(source, f"{found}: {_few(foreign)}", "a build of the project as it is now")
    for table, things in (("intermediate.int_observations", "observations"), ("audit.reconciliation_checks", "checks")):
        if empty := _names(build, _REPORTS_WITHOUT.format(table=table)):
            found = f"{counted(len(empty), 'report')} without {things}: {_few(empty)}"
            raise _unfit(source, found, f"{things} of every loaded report", "run `dbt build --full-refresh`")
    if failed := _names(build, _FAILED_CHECKS):
        found = f"{counted(len(failed), 'check')} that do not hold"
        raise _unfit(source, found, "a build whose rules all hold", "see what `python -m auditors verdict` says")


def _unfit(source: Path, found: str, expected: str, action: str = _BUILD_FIRST) -> Exception:
    return refused(str(source), Problem(found, expected, action))


def _few(names: list[str]) -> str:
    more = f" and {len(names) - _SHOWN:,} more" if len(names) > _SHOWN else ""
    return ", ".join(map(printable, names[:_SHOWN])) + more


def _names(build: duckdb.DuckDBPyConnection, query: str) -> list[str]:
    return [name for (name,) in build.execute(query).fetchall()]
