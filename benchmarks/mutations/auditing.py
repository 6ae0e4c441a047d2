"""A warehouse for the audit alone: reports in, what the audit says of each of them out."""

from __future__ import annotations

import os
import time
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import duckdb

from benchmarks.building import PROJECT

if TYPE_CHECKING:
    from dbt.contracts.graph.manifest import Manifest

# The audit and what it is made from; what is not in the project yet is skipped by dbt.
_RUN = ("run", "--select", "+reconciliation_checks", "+suspect_cells", "+suspect_changes")
_QUIET = ("--log-level", "none", "--log-level-file", "none", "--no-use-colors")

# Nothing passes but what was compared: `missing` is an alarm as well.
_ALARMED = "select distinct report_id from audit.reconciliation_checks where verdict in ('violated', 'missing')"
_HAS_SUSPECTS = "select count(*) from duckdb_tables() where schema_name = 'audit' and table_name = 'suspect_cells'"
_SUSPECTS = """
select report_id, line_number, column_number, proposed_lower, proposed_upper
from audit.suspect_cells
qualify count(*) over (partition by report_id) = 1 and candidates = 1
"""


class Suspect(NamedTuple):
    """The one cell that the audit accuses, and the interval that it proposes instead of what is printed."""

    line_number: int
    column_number: int
    proposed_lower: int | None
    proposed_upper: int | None

    def allows(self, lower: int, upper: int) -> bool:
        """Return whether the proposal leaves room for a number from `lower` to `upper`."""
        if self.proposed_lower is None or self.proposed_upper is None:
            return False
        return self.proposed_lower <= upper and lower <= self.proposed_upper


@dataclass(frozen=True)
class Findings:
    """What one run of the audit says of the reports in it."""

    alarmed: frozenset[str]
    """The reports with a violated rule, or with something missing."""
    suspects: Mapping[str, Suspect]
    """Report → its only candidate, where there is exactly one."""
    localises: bool
    """False where the project has no table of suspect cells."""
    seconds: float
    """What `dbt run` took."""


class AuditWarehouse:
    """A warehouse in a folder of its own, worked on by dbt in this process: starting dbt takes longer than a report.

    The process must have the project's folder as its working folder; its environment is changed to name this
    warehouse, so a process can have one of them only.
    """

    def __init__(self, folder: Path) -> None:
        """Prepare a warehouse in `folder`."""
        folder.mkdir(parents=True, exist_ok=True)
        self.database = folder / "tiltak.duckdb"
        os.environ |= {
            "TILTAK_DATABASE": str(self.database),
            "DBT_TARGET_PATH": str(folder / "target"),
            "DBT_LOG_PATH": str(folder / "logs"),
        }
        os.chdir(PROJECT)
        self._manifest: Manifest | None = None

    def empty(self) -> None:
        """Remove the database, if there is one."""
        self.database.unlink(missing_ok=True)

    def audit(self) -> Findings:
        """Run the audit over all reports in the database. Raises RuntimeError if dbt fails."""
        # Only worker processes need dbt, and it takes two seconds to import.
        from dbt.adapters.duckdb.connections import DuckDBConnectionManager
        from dbt.cli.main import dbtRunner

        started = time.perf_counter()
        runner = dbtRunner(manifest=self._manifest)
        result = runner.invoke([*_RUN, *_QUIET])
        DuckDBConnectionManager.close_all_connections()  # type: ignore[no-untyped-call]
        seconds = time.perf_counter() - started
        self._manifest = runner.manifest or self._manifest
        if not result.success:
            message = f"the audit failed: {result.exception or result.result}"
            raise RuntimeError(message) from result.exception
        with duckdb.connect(self.database, read_only=True) as connection:
            return findings_in(connection, seconds)


def findings_in(connection: duckdb.DuckDBPyConnection, seconds: float) -> Findings:
    """Return what the tables of an audit say; `seconds` is how long it took to make them."""
    alarmed = frozenset(report_id for (report_id,) in connection.execute(_ALARMED).fetchall())
    if connection.execute(_HAS_SUSPECTS).fetchall() == [(0,)]:
        return Findings(alarmed, {}, localises=False, seconds=seconds)
    suspects = {report_id: Suspect(*suspect) for report_id, *suspect in connection.execute(_SUSPECTS).fetchall()}
    return Findings(alarmed, suspects, localises=True, seconds=seconds)
