"""Commands in a forked process: the same as typed, without seconds of imports and parsing, and easy to kill."""

from __future__ import annotations

import hashlib
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any
from unittest.mock import patch

from tqdm import tqdm

if TYPE_CHECKING:
    from tests.warehouse.warehouse import Warehouse

_PATIENCE = 300.0
_PARSED = (".sql", ".py", ".yml")
"""The files of a project from which dbt makes its manifest; a code list is read only when it is loaded."""

_manifests: dict[str, Any] = {}
"""A project and the name of its database → what dbt parsed of it, so that each process parses a project once."""


@dataclass(frozen=True, slots=True)
class Forked:
    """A command at work in a process of its own; what it prints goes to the two files."""

    process: int
    log: Path
    errors: Path

    def wait(self) -> int:
        """Return the exit code."""
        _, status = os.waitpid(self.process, 0)
        return os.waitstatus_to_exitcode(status)

    def kill_after(self, seconds: float) -> bool:
        """Kill it like a machine that dies, unless it is done by then; return whether it was killed."""
        time.sleep(seconds)
        os.kill(self.process, signal.SIGKILL)
        return self.wait() == -signal.SIGKILL

    def complete(self, *command: str) -> subprocess.CompletedProcess[str]:
        """Wait for it and return what `subprocess.run` would."""
        code = self.wait()
        return subprocess.CompletedProcess(command, code, self.log.read_text(), self.errors.read_text())


def dbt(warehouse: Warehouse, *arguments: str) -> Forked:
    """Start `dbt …` on the warehouse."""
    from dbt.adapters.duckdb.connections import DuckDBConnectionManager
    from dbt.adapters.factory import reset_adapters
    from dbt.cli.main import dbtRunner

    # A variable may change what is parsed.
    manifest = None if "--vars" in arguments else _manifest(warehouse)

    def command() -> int:
        reset_adapters()  # type: ignore[no-untyped-call]
        if manifest:
            _move_seeds(manifest, str(warehouse.project))
        # The static parser's threads do not outlive a fork of a process that has used it: a child would wait for them.
        given = list(arguments) if manifest else ["--no-static-parser", *arguments]
        result = dbtRunner(manifest=manifest).invoke(given)
        # A process that ends of itself closes its database, which writes its log into the file.
        DuckDBConnectionManager.close_all_connections()  # type: ignore[no-untyped-call]
        return 0 if result.success else 1 if result.exception is None else 2

    return _fork(warehouse, command)


def loaders(warehouse: Warehouse, *arguments: str | Path) -> Forked:
    """Start `python -m loaders …` on the warehouse."""
    from loaders.commands import main

    return _fork(warehouse, lambda: main([str(argument) for argument in arguments]))


def publishers(warehouse: Warehouse, *arguments: str | Path) -> Forked:
    """Start `python -m publishers …` on the warehouse."""
    from publishers.commands import main

    return _fork(warehouse, lambda: main([str(argument) for argument in arguments]))


def finish(forked: Forked) -> None:
    """Wait for the command and fail with what it printed unless it succeeded."""
    assert forked.wait() == 0, forked.log.read_text() + forked.errors.read_text()


def _manifest(warehouse: Warehouse) -> Any:  # noqa: ANN401 - dbt's own class, whose nodes are of a dozen kinds
    """Return what dbt parses of the warehouse's project, parsed by this process if it was not yet."""
    from dbt.adapters.factory import reset_adapters
    from dbt.cli.main import dbtRunner

    digest = hashlib.sha256(warehouse.build_database.stem.encode())
    for file in sorted(warehouse.project.rglob("*")):
        if file.suffix in _PARSED or file.parent.name == "seeds":
            content = file.read_bytes() if file.suffix in _PARSED else b""
            digest.update(f"{file.relative_to(warehouse.project)}\0{len(content)}\0".encode() + content)
    key = digest.hexdigest()
    if key not in _manifests:
        where = ("--project-dir", str(warehouse.project), "--profiles-dir", str(warehouse.project))
        target = ("--target-path", str(warehouse.folder / "parsed"))
        with patch.dict(os.environ, warehouse.environment):
            parsed = dbtRunner().invoke(["--quiet", "parse", *where, *target])
            reset_adapters()  # type: ignore[no-untyped-call]
        _manifests[key] = parsed.result if parsed.success else None
    return _manifests[key]


def _move_seeds(manifest: Any, project: str) -> None:  # noqa: ANN401 - dbt's own class
    """Let code lists be read from another folder than that of the project that was parsed."""
    for name, node in manifest.nodes.items():
        if node.resource_type == "seed":
            node.root_path = project
            manifest.flat_graph["nodes"][name]["root_path"] = project


def _fork(warehouse: Warehouse, command: Callable[[], int]) -> Forked:
    log, errors = warehouse.folder / "forked.log", warehouse.folder / "forked.err"
    project, environment = warehouse.project, warehouse.environment
    process = os.fork()
    if process:
        return Forked(process, log, errors)
    code = 70
    try:
        signal.alarm(int(_PATIENCE))
        # All forked processes share the lock of progress bars: one that is killed holding it would stop the others.
        tqdm.set_lock(threading.RLock())
        for number, name, file in ((1, "stdout", log), (2, "stderr", errors)):
            os.dup2(os.open(file, os.O_WRONLY | os.O_CREAT | os.O_TRUNC), number)
            setattr(sys, name, os.fdopen(number, "w", closefd=False))
        os.chdir(project)
        os.environ.update(environment)
        code = command()
        sys.stdout.flush()
        sys.stderr.flush()
    finally:
        os._exit(code)
