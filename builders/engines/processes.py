"""A worker's process, seen from the one that gives it parts to build."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from contextlib import suppress
from pathlib import Path
from types import TracebackType
from typing import Self

from builders.building import WorkerError
from builders.tasks import Outcome, Task

_CODE = Path(__file__).resolve().parents[2]
_PATIENCE = 10.0
"""Seconds within which a worker ends that has no more to do."""
_NO_WARNING = "ignore::UserWarning:multiprocessing.resource_tracker"
"""Python warns of what a process that is killed had in hand, which the system frees."""


class WorkerProcess:
    """A process of `python -m builders.worker` with a folder of its own, which goes with it; a context manager."""

    def __init__(self, project: str) -> None:
        """Start the worker of a project. Raises OSError."""
        self._folder = Path(tempfile.mkdtemp(prefix="tiltak-worker-"))
        paths = os.pathsep.join([str(_CODE), *filter(None, [os.environ.get("PYTHONPATH")])])
        self._process = subprocess.Popen(  # noqa: S603 - own module
            [sys.executable, "-m", "builders.worker", str(self._folder), project],
            cwd=project,
            env=os.environ | {"PYTHONPATH": paths, "PYTHONWARNINGS": _NO_WARNING},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            encoding="utf-8",
            # Spark hangs up on the processes of its own session; the worker ends when its stdin does, and cleans up.
            start_new_session=True,
        )

    @property
    def pid(self) -> int:
        """The number of the process."""
        return self._process.pid

    def build(self, task: Task) -> Outcome:
        """Return the outcome of a part. Raises WorkerError where the process has ended without one."""
        answer = ""
        if (tasks := self._process.stdin) and (answers := self._process.stdout):
            with suppress(OSError):
                tasks.write(task.to_json() + "\n")
                tasks.flush()
                answer = answers.readline()
        if not answer:
            message = f"part of {task.years}: found a worker that ended with {self._process.wait()}"
            raise WorkerError(f"{message}; expected its outcome; see what the machine says of process {self.pid}")
        return Outcome.from_json(answer)

    def kill(self) -> None:
        """End the process, whatever it is at."""
        self._process.kill()

    def close(self) -> None:
        """End the process, whatever it is at, and remove its folder."""
        for stream in (self._process.stdin, self._process.stdout):
            if stream is not None:
                with suppress(OSError):  # what the process has not read goes with it
                    stream.close()
        try:
            self._process.wait(_PATIENCE)
        except subprocess.TimeoutExpired:
            self.kill()
            self._process.wait()
        shutil.rmtree(self._folder, ignore_errors=True)

    def __enter__(self) -> Self:
        """Return the worker."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """End the worker."""
        self.close()
