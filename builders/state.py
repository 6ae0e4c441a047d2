"""By what a part is built: parts of another state are built anew, and a worker of another state is refused."""

from __future__ import annotations

from hashlib import sha256
from importlib.metadata import version
from pathlib import Path

from warehouse.fingerprint import code_fingerprint, project_fingerprint

_TOOLS = ("dbt-core", "dbt-duckdb", "duckdb")


def state_of(project: Path) -> str:
    """Return 64 hexadecimal digits that change with the project, with the code, and with the tools that build it.

    Raises RefusedError where `project` is no dbt project.
    """
    tools = [f"{tool} {version(tool)}" for tool in _TOOLS]
    return sha256("\n".join([project_fingerprint(project), code_fingerprint(), *tools]).encode()).hexdigest()
