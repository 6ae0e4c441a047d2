"""The reports that are loaded, and the names by which commands mean them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from contextlib import closing
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import duckdb

from warehouse.database import connect, exists, explained
from warehouse.errors import Complaint, Problem, RefusedError, printable
from warehouse.period import Period

_LOAD_FIRST = "put report files into reports/ and run `python -m loaders`"
_SEE_LIST = "see `python -m loaders list`"
_FEW = 5
"""Of so many reports that a name may mean, a message tells the names."""

_HAS_TABLES = """
select count(*) = 2
from duckdb_tables()
where database_name = current_database() and schema_name = 'raw' and table_name in ('reports', 'cells')
"""

# The last one that was loaded supersedes all others of its period; the models prefer it in the same way.
_EDITIONS = """
with cells_of_reports as (
    select report_id, count(*) as cell_count from raw.cells group by report_id
)

select
    reports.report_id,
    reports.file_name,
    reports.sha256,
    reports.byte_count,
    reports.period_start,
    reports.period_end,
    reports.loaded_at,
    coalesce(cells_of_reports.cell_count, 0) as cell_count,
    nullif(last_value(reports.report_id) over same_period, reports.report_id) as superseded_by,
from raw.reports as reports
left join cells_of_reports on reports.report_id = cells_of_reports.report_id
window same_period as (
    partition by reports.period_start, reports.period_end
    order by reports.loaded_at, reports.report_id
    rows between unbounded preceding and unbounded following
)
order by reports.period_end, reports.loaded_at, reports.report_id
"""


def has_tables(connection: duckdb.DuckDBPyConnection) -> bool:
    """Return whether the tables of the schema `raw` are there."""
    row = connection.execute(_HAS_TABLES).fetchone()
    return row is not None and bool(row[0])


@dataclass(frozen=True, slots=True)
class Edition:
    """A report that is loaded."""

    report_id: str
    file_name: str
    """Name of the file it was loaded from, without folder."""
    sha256: str
    """Of the file's bytes, 64 hexadecimal digits."""
    byte_count: int
    period: Period
    loaded_at: datetime
    """In UTC, without a time zone of its own."""
    cell_count: int
    """Printed figures."""
    superseded_by: str | None
    """The report of the same period that was loaded last, if that is not this one."""

    @property
    def name(self) -> str:
        """Return how messages call the report: its id and its file."""
        return f"{self.report_id} ({printable(self.file_name)})"


def loaded_editions(database: Path) -> list[Edition]:
    """Return what is loaded, the newest edition last: by the period's end, then as loaded.

    Raises RefusedError if there is no database or nothing in it, DatabaseError if it cannot be used.
    """
    if not exists(database):
        raise _nothing(database, "no such file")
    with closing(connect(database, read_only=True)) as connection:
        try:
            rows = connection.execute(_EDITIONS).fetchall() if has_tables(connection) else []
        except duckdb.Error as error:
            raise explained(error, database) from error
    if not rows:
        raise _nothing(database, "no report in it")
    return [
        Edition(report_id, file_name, sha256, byte_count, Period(start, end), loaded_at, cell_count, superseded_by)
        for report_id, file_name, sha256, byte_count, start, end, loaded_at, cell_count, superseded_by in rows
    ]


def named_editions(database: Path, names: Iterable[str]) -> list[Edition]:
    """Return the loaded editions that the names mean, each once.

    A name is a report_id, the beginning of one, or the name of a file. Raises RefusedError with a complaint for each
    name that means no report or more than one, or if nothing is loaded; DatabaseError if the database cannot be used.
    """
    editions = loaded_editions(database)
    chosen: dict[str, Edition] = {}
    complaints = []
    for name in dict.fromkeys(names):
        meant = _meant(editions, name)
        if len(meant) == 1:
            chosen[meant[0].report_id] = meant[0]
            continue
        if meant:
            more = f" and {len(meant) - _FEW:,} more" if len(meant) > _FEW else ""
            found = f"{len(meant):,} reports, {', '.join(edition.name for edition in meant[:_FEW])}{more}"
            problem = Problem(found, "a name of one report", "give its report_id")
        else:
            problem = Problem(
                "no report that is loaded", "a report_id, the beginning of one, or a file name", _SEE_LIST
            )
        complaints.append(Complaint(name, None, problem))
    if complaints:
        raise RefusedError(tuple(complaints))
    return list(chosen.values())


def _meant(editions: Sequence[Edition], name: str) -> list[Edition]:
    """Return the edition with this id; without one, those whose file has this name or whose id begins with it."""
    exact = [edition for edition in editions if edition.report_id == name]
    return exact or [edition for edition in editions if edition.file_name == name or edition.report_id.startswith(name)]


def _nothing(database: Path, found: str) -> RefusedError:
    return RefusedError((Complaint(str(database), None, Problem(found, "loaded reports", _LOAD_FIRST)),))
