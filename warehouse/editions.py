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
from warehouse.families import family_of
from warehouse.issues import FIRST, Issued, issue_numbers
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
from raw.reports as reports
left join cells_of_reports on reports.report_id = cells_of_reports.report_id
order by reports.period_end, reports.loaded_at, reports.report_id
"""

_REPORTS_OF_ONE_PERIOD = """
with labels_of_reports as (
    select report_id, list(distinct row_label) as labels
    from raw.cells
    where report_id in (
        select report_id from raw.reports
        qualify count(*) over (partition by period_start, period_end) > 1
    )
    group by report_id
)

select reports.report_id, reports.file_name, reports.period_start, reports.period_end, labels_of_reports.labels,
from raw.reports as reports
inner join labels_of_reports on reports.report_id = labels_of_reports.report_id
order by reports.report_id
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
    """The report of the same period and family that is the last issue, if that is not this one."""

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
            latest = _latest_issues(reports_of_one_period(connection)) if rows else {}
        except duckdb.Error as error:
            raise explained(error, database) from error
    if not rows:
        raise _nothing(database, "no report in it")
    return [
        Edition(
            report_id, file_name, sha256, byte_count, Period(start, end), loaded_at, cell_count, latest.get(report_id)
        )
        for report_id, file_name, sha256, byte_count, start, end, loaded_at, cell_count in rows
    ]


def reports_of_one_period(connection: duckdb.DuckDBPyConnection) -> list[Issued]:
    """Return the loaded reports whose period another one has too, with their families. Raises duckdb.Error."""
    rows = connection.execute(_REPORTS_OF_ONE_PERIOD).fetchall()
    return [
        Issued(report_id, file_name, Period(start, end), family_of(labels))
        for report_id, file_name, start, end, labels in rows
    ]


def _latest_issues(reports: Iterable[Issued]) -> dict[str, str]:
    """Return, for each report of which there is a later issue, the last one."""
    numbers = issue_numbers()
    issues: dict[tuple[Period, str | None], list[tuple[int, str]]] = {}
    for report in reports:
        issue = (numbers.get(report.report_id, FIRST), report.report_id)
        issues.setdefault((report.period, report.family_code), []).append(issue)
    last = {report_id: max(alike)[1] for alike in issues.values() for _, report_id in alike}
    return {report_id: latest for report_id, latest in last.items() if report_id != latest}


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
