"""The disclosure audit as a command: dbt makes its tables, and a line says how the stars of each edition fare."""

from __future__ import annotations

import os
from pathlib import Path
from typing import NamedTuple

from auditors.failures import require_tables
from warehouse import database
from warehouse.errors import DatabaseError, Problem, counted, printable

_NEEDED = {"raw.reports", "intermediate.int_reports", "intermediate.int_printed_cells", "localisation.suppressed_terms"}


class Summary(NamedTuple):
    """How the suppressed figures of one edition fare; a row of disclosure.disclosure_summary."""

    file_name: str
    suppressed_months: int
    pinned_months: int
    narrowed_months: int
    protected_months: int
    suppressed_averages: int
    pinned_averages: int
    narrowed_averages: int
    protected_averages: int
    is_undecided: bool

    def __str__(self) -> str:
        """Return the summary as one line."""
        name = printable(self.file_name)
        months = counted(self.suppressed_months, "suppressed monthly figure")
        averages = counted(self.suppressed_averages, "suppressed average")
        if self.is_undecided:
            return f"{name}: {months}, {averages}; undecided, as the printed figures contradict each other"
        return (
            f"{name}: {months}: {self.pinned_months:,} pinned to one value, {self.narrowed_months:,} narrowed, "
            f"{self.protected_months:,} protected; {averages}: {self.pinned_averages:,} pinned to one value, "
            f"{self.narrowed_averages:,} narrowed, {self.protected_averages:,} protected"
        )


def require_build(path: Path) -> None:
    """Raise DatabaseError unless there is a build database with the tables that the audit reads."""
    if not path.is_file():
        raise DatabaseError(str(path), Problem("no such file", "a build", "run `make build`"))
    with database.connect(path, read_only=True) as build:
        require_tables(build, path, _NEEDED)


def run_models(path: Path, *, show_values: bool) -> bool:
    """Have dbt make the tables of the selector `disclosure`; return whether it could."""
    # dbt takes seconds to import, which a wrong file name need not wait for.
    from dbt.adapters.duckdb.connections import DuckDBConnectionManager
    from dbt.cli.main import dbtRunner

    os.environ["TILTAK_DATABASE"] = str(path.absolute())
    # Without variables of its own, the command leaves what dbt has parsed of the project as it is.
    variables = ["--vars", "show_disclosed_values: true"] if show_values else []
    result = dbtRunner().invoke(["--quiet", "build", "--selector", "disclosure", *variables])
    DuckDBConnectionManager.close_all_connections()  # type: ignore[no-untyped-call]
    return result.success


def summaries(path: Path) -> list[Summary]:
    """Return the summary of each edition, by the name of its file."""
    with database.connect(path, read_only=True) as build:
        rows = build.execute(
            f"select {', '.join(Summary._fields)} from disclosure.disclosure_summary order by file_name, report_id"  # noqa: S608
        ).fetchall()
    return [Summary(*row) for row in rows]
