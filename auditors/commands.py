"""The command line: `python -m auditors disclosure [--database FILE] [--show-values]`."""

from __future__ import annotations

import argparse
import os
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

from warehouse import database
from warehouse.errors import DatabaseError, Problem, counted, printable
from warehouse.process import ExitCode, carry_out, say, tell
from warehouse.settings import build_database

_NEEDED = {"raw.reports", "intermediate.int_reports", "intermediate.int_printed_cells", "audit.free_terms"}


def main(arguments: Sequence[str] | None = None) -> ExitCode:
    """Audit as `arguments` say (default: those of the process) and return the exit code.

    0: the audit is done, whatever it found. 1: dbt could not do it. 2: the database cannot be used.
    """
    parser = argparse.ArgumentParser(prog="python -m auditors", description="Audits that no build runs by itself.")
    commands = parser.add_subparsers(dest="command", required=True, metavar="COMMAND")
    disclosure = commands.add_parser("disclosure", help="tell which stars the figures printed around them give away")
    disclosure.add_argument(
        "--database",
        type=Path,
        default=build_database(),
        metavar="FILE",
        help="build database (default: TILTAK_DATABASE or build/tiltak.duckdb)",
    )
    disclosure.add_argument(
        "--show-values",
        action="store_true",
        help="also write what the stars hide into the build database, which is never published with it",
    )
    options = parser.parse_args(arguments)
    return carry_out(lambda: _audit_disclosure(options))


def _audit_disclosure(options: argparse.Namespace) -> ExitCode:
    _require_build(options.database)
    if not _run_models(options.database, show_values=options.show_values):
        tell("dbt could not make the tables of the audit; what it says stands above")
        return ExitCode.REFUSED
    for summary in _summaries(options.database):
        say(str(summary))
    shown = "with" if options.show_values else "without"
    say(f"each star and the rules that expose it, {shown} values: audit.disclosure_risk in {options.database}")
    return ExitCode.DONE


class Summary(NamedTuple):
    """How the suppressed figures of one edition fare; a row of audit.disclosure_summary."""

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


def _require_build(path: Path) -> None:
    """Raise DatabaseError unless there is a build database with the tables that the audit reads."""
    if not path.is_file():
        raise DatabaseError(str(path), Problem("no such file", "a build", "run `make build`"))
    with database.connect(path, read_only=True) as build:
        listed = build.execute("select schema_name || '.' || table_name from duckdb_tables()").fetchall()
    if missing := _NEEDED - {name for (name,) in listed}:
        found = f"no table {', '.join(sorted(missing))}"
        raise DatabaseError(str(path), Problem(found, "a whole build", "run `make build`"))


def _run_models(path: Path, *, show_values: bool) -> bool:
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


def _summaries(path: Path) -> list[Summary]:
    """Return the summary of each edition, by the name of its file."""
    with database.connect(path, read_only=True) as build:
        rows = build.execute(
            f"select {', '.join(Summary._fields)} from audit.disclosure_summary order by file_name, report_id"  # noqa: S608
        ).fetchall()
    return [Summary(*row) for row in rows]
