"""What makes a build fit to be read."""

from __future__ import annotations

from pathlib import Path

import duckdb

from publishers.tables import STATE
from warehouse.errors import Problem, counted, refused

BUILD_FIRST = "run `make build`"
_NEEDED = {"raw.reports", "audit.reconciliation_checks", "build.readers_tables", STATE}


def require_fit_build(build: duckdb.DuckDBPyConnection, source: Path) -> None:
    """Raise RefusedError unless the build covers the loaded reports and every rule holds.

    `source` is the file of the build, for the message. Raises duckdb.Error where the file cannot be read.
    """
    listed = build.execute("select schema_name || '.' || table_name from duckdb_tables()").fetchall()
    released = "select schema_name || '.' || table_name from build.readers_tables"
    present = {name for (name,) in listed}
    missing = _NEEDED - present or {name for (name,) in build.execute(released).fetchall()} - present
    if missing:
        found = f"no table {', '.join(sorted(missing))}"
        raise refused(str(source), Problem(found, "a whole build", BUILD_FIRST))
    unbuilt = _count(
        build,
        f"select report_id from raw.reports full join {STATE} as built using (report_id, loaded_at) "  # noqa: S608
        "where reports.sha256 is null or built.project_fingerprint is null",
    )
    if unbuilt:
        found = f"{counted(unbuilt, 'report')} loaded or removed since the build, or not built to the end"
        raise refused(str(source), Problem(found, "a build of all reports", BUILD_FIRST))
    failed = _count(build, "select 1 from audit.reconciliation_checks where verdict not in ('proven', 'possible')")
    if failed:
        found = f"{counted(failed, 'check')} that do not hold"
        raise refused(str(source), Problem(found, "a build whose rules all hold", "see what `dbt test` says"))


def _count(build: duckdb.DuckDBPyConnection, query: str) -> int:
    row = build.execute(f"select count(*) from ({query})").fetchone()  # noqa: S608 - own queries
    return int(row[0]) if row else 0
