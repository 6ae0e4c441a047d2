"""What dbt needs of this machine around opening the build database."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import duckdb
from dbt.adapters.duckdb.credentials import DuckDBCredentials
from dbt.adapters.duckdb.plugins import BasePlugin
from dbt.flags import get_flags
from dbt_common.exceptions import DbtRuntimeError

from warehouse.errors import DatabaseError, Problem, WarehouseError, quoted, refused
from warehouse.fingerprint import project_fingerprint
from warehouse.memory import stop_rescanning_memory
from warehouse.naming import require_usable_name


class Plugin(BasePlugin):
    """Finds the project and its build database, whose folder a fresh clone lacks, and tells run hooks what it is."""

    def initialize(self, plugin_config: dict[str, Any]) -> None:  # noqa: ARG002 - dbt's signature
        """Make the parent folder of the database, and read what the project is now.

        Raises DbtRuntimeError where the folder of the project has nothing to build from, or a build cannot bear the
        name of the database.
        """
        # All that dbt parsed stays until it ends: walking it takes a tenth of a build of one report.
        stop_rescanning_memory()
        flags: object = get_flags()  # type: ignore[no-untyped-call]
        project = Path(getattr(flags, "PROJECT_DIR", None) or Path.cwd())
        if self.creds is not None:
            self.creds.path = _database(self.creds.path, project)
            _require_usable_name(self.creds.path)
            Path(self.creds.path).parent.mkdir(parents=True, exist_ok=True)
        try:
            self._project_fingerprint = project_fingerprint(project)
        except WarehouseError as error:
            raise DbtRuntimeError(str(error)) from error

    def update_connection_config(self, creds: DuckDBCredentials, config: dict[str, Any]) -> None:  # noqa: ARG002 - dbt's
        """Give DuckDB as many threads as TILTAK_THREADS says; without it, as many as the machine has cores.

        Raises DbtRuntimeError where that is no number.
        """
        threads = os.environ.get("TILTAK_THREADS", "")
        if not threads:
            return
        if not threads.isdecimal() or int(threads) < 1:
            problem = Problem(f"the text {quoted(threads)}", "a number of threads, such as 2", "mend or unset it")
            raise DbtRuntimeError(str(refused("TILTAK_THREADS", problem)))
        config["threads"] = int(threads)

    def configure_cursor(self, cursor: duckdb.DuckDBPyConnection) -> None:
        """Tell the run hooks what the project is now, so that they see what was built by another one."""
        cursor.execute(f"set variable project_fingerprint = '{self._project_fingerprint}'")


def _database(path: str, project: Path) -> str:
    """Return the path of the build database: unless TILTAK_DATABASE names it, it lies in the folder of the project.

    So dbt works on the same file wherever it is called with --project-dir.
    """
    if os.environ.get("TILTAK_DATABASE") or Path(path).is_absolute() or project.samefile(Path.cwd()):
        return path
    return str(project.resolve() / path)


def _require_usable_name(path: str) -> None:
    """Raise the error that dbt tells as it is, if a build cannot bear this name, which another program gave it."""
    try:
        require_usable_name(path)
    except DatabaseError as error:
        raise DbtRuntimeError(str(error)) from error
