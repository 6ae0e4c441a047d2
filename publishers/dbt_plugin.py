"""What dbt needs of this machine around opening the build database."""

from __future__ import annotations

import gc
from pathlib import Path
from typing import Any

import duckdb
from dbt.adapters.duckdb.plugins import BasePlugin

from auditors import disclosure


class Plugin(BasePlugin):
    """Makes the build database's folder, which a fresh clone lacks, and adds a function that models call."""

    def initialize(self, plugin_config: dict[str, Any]) -> None:  # noqa: ARG002 - dbt's signature
        """Make the parent folder of the database that the profile names."""
        # dbt keeps what it parsed until it ends; looking for garbage in it again and again is a tenth of a build.
        gc.set_threshold(200_000, 100, 100)
        if self.creds is not None:
            Path(self.creds.path).parent.mkdir(parents=True, exist_ok=True)

    def configure_connection(self, conn: duckdb.DuckDBPyConnection) -> None:
        """Let the models of the disclosure audit call its function."""
        disclosure.register(conn)
