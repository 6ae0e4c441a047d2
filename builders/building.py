"""Build one part: load its reports, `dbt build` with its tests, and leave one Parquet file per published table."""

from __future__ import annotations

import errno
import os
from collections.abc import Callable, Iterable
from dataclasses import replace
from pathlib import Path
from typing import Any

import duckdb

from auditors.failures import misfitting_corrections, read_failures
from auditors.verdict import verdict
from builders.parts import PartRecord, PartTable
from builders.state import state_of
from builders.store import made_whole
from builders.tasks import Outcome, Task
from loaders.loading import load
from publishers.fitness import fit_build
from publishers.releases import ParquetFile
from publishers.tables import ReadersTable, literal, readers_tables, rows_fingerprint
from warehouse.durable import flush
from warehouse.errors import DatabaseError, Problem, RejectedReportError, WarehouseError, counted, refused

DATABASE = "tiltak.duckdb"
"""The build database of a part, in the folder of its worker."""
_NO_ROOM = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG, errno.EIO, errno.ESTALE})
_OF_WORKER = ("No space left", "quota exceeded", "failed to allocate", "Input/output error")
"""Signs, in what dbt prints, that the worker's machine failed and not the project or its reports."""

_LATEST_MONTHS = """
select family_code, max(month)::varchar from intermediate.int_latest_months
where family_code is not null
group by family_code
"""

Dbt = Callable[[], bool]
"""Runs `dbt build` on the database of the worker, printing what it prints, and returns whether all succeeded."""


class WorkerError(Exception):
    """The worker cannot build this part; another one, or another attempt, may."""


def build_part(task: Task, folder: Path, log: Path, dbt: Dbt, independent: frozenset[tuple[str, str]]) -> Outcome:
    """Build a part in `folder`, a place of the worker's own, and put what it leaves into the release's store.

    `log` is the file that `dbt` prints into. `independent` names the tables, by schema and name, that read no report.
    """
    try:
        _require_state(task)
        problems = _problems(task, folder / DATABASE, log, dbt)
        if not problems:
            with made_whole(Path(task.store) / "parts" / task.key) as unfinished:
                _export(task, folder / DATABASE, unfinished, independent)
    except (WorkerError, DatabaseError) as error:
        return Outcome(task.key, str(error), may_be_tried_again=True)
    except WarehouseError as error:
        return Outcome(task.key, str(error))
    except OSError as error:
        place = error.filename or folder
        problem = Problem(f"a file that cannot be written ({error.strerror})", "room for it", "make room there")
        return Outcome(task.key, str(refused(str(place), problem)), may_be_tried_again=error.errno in _NO_ROOM)
    except duckdb.Error as error:
        return Outcome(task.key, str(error), may_be_tried_again=True)
    return Outcome(task.key, "\n".join(problems) or None)


def _require_state(task: Task) -> None:
    own = state_of(Path(task.project))
    if own != task.state:
        found = f"the state {own[:12]} of project, code or packages on the worker {os.uname().nodename}"
        raise WorkerError(
            str(refused(task.project, Problem(found, f"{task.state[:12]}, as the driver has", "install the same")))
        )


def _problems(task: Task, database: Path, log: Path, dbt: Dbt) -> list[str]:
    """Load and build; return what keeps the part from being released, as the commands say it on one machine."""
    if problems := _load(task, database):
        return problems
    if not dbt():
        try:
            lines = verdict(read_failures(database, is_part=True))
        except WarehouseError:  # the build stopped before it made what the verdict is read from
            lines = []
        printed = log.read_text(encoding="utf-8", errors="replace")
        if not lines and any(sign in printed for sign in _OF_WORKER):
            raise WorkerError(printed)
        return lines or printed.splitlines()
    with duckdb.connect(str(database), read_only=True) as build:
        return list(misfitting_corrections(build, is_part=True))


def _load(task: Task, database: Path) -> list[str]:
    names = {report.path: report.name for report in task.reports}
    problems: list[str] = []

    def tell(error: WarehouseError) -> None:
        if isinstance(error, RejectedReportError):
            complaints = [replace(each, file=names.get(each.file, each.file)) for each in error.complaints]
            error = RejectedReportError(tuple(complaints), error.omitted)
        problems.append(str(error))

    outcome = load([Path(report.path) for report in task.reports], database, tell)
    found = {str(path): report_id for path, report_id, _ in outcome.accepted}
    for report in task.reports:
        if not problems and found.get(report.path) != report.report_id:
            action = "leave files alone while they are built, and run the command again"
            problem = Problem(f"the report {found.get(report.path)}", f"{report.report_id}, as planned", action)
            problems.append(str(refused(report.name, problem)))
    return problems


def _export(task: Task, database: Path, folder: Path, independent: frozenset[tuple[str, str]]) -> None:
    """Write the published tables of a fit build as Parquet files, and the record of the part."""
    with fit_build(database, Path(task.key)) as build:
        tables = readers_tables(build)
        columns: dict[tuple[str, str], list[tuple[str, str]]] = {}
        for schema, name, column, type_ in build.execute(
            "select schema_name, table_name, column_name, data_type from duckdb_columns() "
            "where database_name = current_database() order by schema_name, table_name, column_index"
        ).fetchall():
            columns.setdefault((schema, name), []).append((column, type_))
        files = [_part_table(build, folder, table, columns[table.schema, table.name], independent) for table in tables]
        record = PartRecord(
            key=task.key,
            report_ids=tuple(sorted(report.report_id for report in task.reports)),
            months=_texts(build, "select month::varchar from marts.dim_month order by month"),
            latest_months=dict(build.execute(_LATEST_MONTHS).fetchall()),
            corrections_elsewhere=tuple(
                build.execute(
                    "select report_id, explanation from intermediate.int_cell_corrections "
                    "where report_id not in (select report_id from raw.reports) order by seed_line_number"
                ).fetchall()
            ),
            tables=tuple(files),
        )
    record.write(folder)
    for file in (*folder.rglob("*.parquet"), folder):
        flush(file)


def _part_table(
    build: duckdb.DuckDBPyConnection,
    folder: Path,
    table: ReadersTable,
    columns: Iterable[tuple[str, str]],
    independent: frozenset[tuple[str, str]],
) -> PartTable:
    columns = tuple(columns)
    if strange := [f"{name} {type_}" for name, type_ in columns if "HUGEINT" in type_ or "ENUM" in type_]:
        found = f"{counted(len(strange), 'column')} of types that Parquet has not: {', '.join(strange)}"
        action = "cast them in the model"
        raise refused(f"{table.schema}.{table.name}", Problem(found, "types that Parquet has", action))
    # Whether a month is the newest of all is known to the driver alone, which says so of the few rows that are.
    chosen = "*"
    if table.key == "month" and ("is_latest_month", "BOOLEAN") in columns:
        chosen = "* replace (false as is_latest_month)"
    name = f"{table.schema}/{table.name}.parquet"
    query = f"select {chosen} from {table.quoted_name}"  # noqa: S608 - own names
    rows = write_parquet(build, query, folder / name)
    reads_reports = (table.schema, table.name) not in independent
    return PartTable(
        table.schema,
        table.name,
        table.key,
        reads_reports,
        table.definition,
        table.comments,
        columns,
        ParquetFile.of(folder, name, rows),
        "" if reads_reports else str(rows_fingerprint(build, table)),
    )


def write_parquet(connection: duckdb.DuckDBPyConnection, query: str, path: Path) -> int:
    """Write the rows of a query into a Parquet file and return how many they are. Raises duckdb.Error."""
    path.parent.mkdir(parents=True, exist_ok=True)
    written = connection.execute(f"copy ({query}) to {literal(str(path))} (format parquet, compression zstd)")
    row = written.fetchone()
    return int(row[0]) if row else 0


def tables_that_read_no_report(manifest: Any) -> frozenset[tuple[str, str]]:  # noqa: ANN401 - dbt's own class
    """Return schema and name of each table of a dbt project that follows from code lists alone."""
    nodes = manifest.nodes
    reading: dict[str, bool] = {}

    def reads_reports(unique_id: str) -> bool:
        if unique_id not in reading:
            reading[unique_id] = unique_id.startswith("source.") or any(
                # A code list depends on nothing, and has no attribute to say so.
                reads_reports(parent)
                for parent in getattr(nodes[unique_id].depends_on, "nodes", [])
            )
        return reading[unique_id]

    free = [
        node for node in nodes.values() if node.resource_type in ("model", "seed") and not reads_reports(node.unique_id)
    ]
    return frozenset({(node.schema, node.alias) for node in free} | {("build", "readers_tables")})


def _texts(build: duckdb.DuckDBPyConnection, query: str) -> tuple[str, ...]:
    return tuple(text for (text,) in build.execute(query).fetchall())
