"""What dbt needs of this machine around opening the build database."""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import Any

import duckdb
from dbt.adapters.duckdb.plugins import BasePlugin
from dbt_common.exceptions import DbtRuntimeError

from warehouse.errors import DatabaseError
from warehouse.memory import stop_rescanning_memory
from warehouse.naming import require_usable_name

WORKINGS = ("dbt_project.yml", "macros", "models", "reasoning", "seeds")
"""Files and folders of the project that say what follows from a report."""


class Plugin(BasePlugin):
    """Makes the build database's folder, which a fresh clone lacks, and tells run hooks what the project is."""

    def initialize(self, plugin_config: dict[str, Any]) -> None:  # noqa: ARG002 - dbt's signature
        """Make the parent folder of the database that the profile names."""
        # All that dbt parsed stays until it ends: walking it takes a tenth of a build of one report.
        stop_rescanning_memory()
        if self.creds is not None:
            _require_usable_name(self.creds.path)
            Path(self.creds.path).parent.mkdir(parents=True, exist_ok=True)
        self._project_fingerprint = project_fingerprint(Path.cwd())

    def configure_cursor(self, cursor: duckdb.DuckDBPyConnection) -> None:
        """Tell the run hooks what the project is now, so that they see what was built by another one."""
        cursor.execute(f"set variable project_fingerprint = '{self._project_fingerprint}'")


def _require_usable_name(path: str) -> None:
    """Raise the error that dbt tells as it is, if a build cannot bear this name, which another program gave it."""
    try:
        require_usable_name(path)
    except DatabaseError as error:
        raise DbtRuntimeError(str(error)) from error


def project_fingerprint(project: Path) -> str:
    """Return a text that changes with every change of a file in `project` from which tables are built."""
    digest = hashlib.sha256()
    for name in WORKINGS:
        path = project / name
        for file in sorted(path.rglob("*")) if path.is_dir() else [path]:
            if file.suffix in {".csv", ".py", ".sql", ".yml"} and file.is_file():
                content = file.read_bytes()
                digest.update(f"{file.relative_to(project).as_posix()}\0{len(content)}\0".encode())
                digest.update(content)
    return digest.hexdigest()
