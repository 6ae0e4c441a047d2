"""dbt and the loader in a forked process: the same commands without three seconds of imports, and easy to kill."""

from __future__ import annotations

import os
import signal
import sys
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from tqdm import tqdm

from tests.warehouse.warehouse import Warehouse

_PATIENCE = 300.0


@dataclass(frozen=True, slots=True)
class Forked:
    """A command at work in a process of its own; `log` gets what it prints."""

    process: int
    log: Path

    def wait(self) -> int:
        """Return the exit code."""
        _, status = os.waitpid(self.process, 0)
        return os.waitstatus_to_exitcode(status)

    def kill_after(self, seconds: float) -> bool:
        """Kill it like a machine that dies, unless it is done by then; return whether it was killed."""
        time.sleep(seconds)
        os.kill(self.process, signal.SIGKILL)
        return self.wait() == -signal.SIGKILL


def dbt(warehouse: Warehouse, *arguments: str) -> Forked:
    """Start `dbt …` on the warehouse."""
    from dbt.cli.main import dbtRunner

    def command() -> int:
        result = dbtRunner().invoke(list(arguments))
        return 0 if result.success else 1

    return _fork(warehouse, command)


def loaders(warehouse: Warehouse, *arguments: str | Path) -> Forked:
    """Start `python -m loaders …` on the warehouse."""
    from loaders.commands import main

    return _fork(warehouse, lambda: main([str(argument) for argument in arguments]))


def finish(forked: Forked) -> None:
    """Wait for the command and fail with what it printed unless it succeeded."""
    assert forked.wait() == 0, forked.log.read_text()


def _fork(warehouse: Warehouse, command: Callable[[], int]) -> Forked:
    log = warehouse.folder / "forked.log"
    project, environment = warehouse.project, warehouse.environment
    process = os.fork()
    if process:
        return Forked(process, log)
    code = 70
    try:
        signal.alarm(int(_PATIENCE))
        # All forked processes share the lock of progress bars: one that is killed holding it would stop the others.
        tqdm.set_lock(threading.RLock())
        descriptor = os.open(log, os.O_WRONLY | os.O_CREAT | os.O_TRUNC)
        os.dup2(descriptor, 1)
        os.dup2(descriptor, 2)
        sys.stdout, sys.stderr = os.fdopen(1, "w", closefd=False), os.fdopen(2, "w", closefd=False)
        os.chdir(project)
        os.environ.update(environment)
        code = command()
        sys.stdout.flush()
        sys.stderr.flush()
    finally:
        os._exit(code)
