"""A worker: a process that has imported and parsed what a build needs, and builds the parts that it is given.

`python -m builders.worker FOLDER PROJECT` reads a task a line from stdin and writes an outcome a line to stdout, until
stdin ends, when it ends too, whatever it is at. Each part is built in a fork of the process, so that its memory goes
when it is done, and a part that dies takes only itself along.
"""

from __future__ import annotations

import os
import shutil
import signal
import sys
import threading
from contextlib import suppress
from pathlib import Path
from typing import Any, NoReturn

from builders.building import DATABASE, build_part, tables_that_read_no_report
from builders.tasks import Outcome, Task
from warehouse.errors import Problem, WarehouseError, refused
from warehouse.memory import peak_bytes

_LOG = "dbt.log"
_SMALL_PART, _MEMORY_LIMIT = 120, "300MB"
"""A part of up to so many reports gets so much for DuckDB, and stays below 700 MB in all; larger ones get what the
profile gives. The environment may give another limit to all."""

_THREADS = "1"
"""Of dbt and DuckDB: a machine runs a worker for each core, as Spark does. The environment may give them more."""


_at_work: set[int] = set()
"""Numbers of the processes that build a part."""


class Worker:
    """What a worker has ready: dbt's manifest of the project, parsed for a database in the worker's own folder."""

    def __init__(self, folder: Path, project: Path) -> None:
        """Import dbt and parse the project. Raises RefusedError where dbt cannot parse it."""
        self._folder = folder
        self._project = project
        os.environ["TILTAK_DATABASE"] = str(folder / DATABASE)
        os.environ["DBT_TARGET_PATH"] = str(folder / "target")
        os.environ["DBT_LOG_PATH"] = str(folder / "logs")
        os.environ["DBT_USE_COLORS"] = "false"
        self._manifest = self._parsed()
        self._independent = tables_that_read_no_report(self._manifest)

    def _parsed(self) -> Any:  # noqa: ANN401 - dbt's own class
        from dbt.adapters.factory import reset_adapters
        from dbt.cli.main import dbtRunner

        parsed = dbtRunner().invoke(["--quiet", "parse", *self._where()])
        reset_adapters()  # type: ignore[no-untyped-call]
        if not parsed.success:
            problem = Problem(f"a project that dbt cannot parse ({parsed.exception})", "one that it can", "mend it")
            raise refused(str(self._project), problem)
        return parsed.result

    def _where(self) -> list[str]:
        return ["--project-dir", str(self._project), "--profiles-dir", str(self._project)]

    def _dbt_build(self) -> bool:
        from dbt.adapters.duckdb.connections import DuckDBConnectionManager
        from dbt.adapters.factory import reset_adapters
        from dbt.cli.main import dbtRunner

        reset_adapters()  # type: ignore[no-untyped-call]
        runner = dbtRunner(manifest=self._manifest)
        threads = os.environ["TILTAK_THREADS"]
        result = runner.invoke(["--quiet", "build", "--selector", "part", "--threads", threads, *self._where()])
        DuckDBConnectionManager.close_all_connections()  # type: ignore[no-untyped-call]
        sys.stdout.flush()
        return bool(result.success)

    def build(self, task: Task) -> Outcome:
        """Build a part in a fork of this process, and return what became of it, with what it used."""
        scratch = self._folder / "part"
        shutil.rmtree(scratch, ignore_errors=True)
        scratch.mkdir()
        for left_over in self._folder.glob(f"{DATABASE}*"):
            left_over.unlink()
        answer = scratch / "outcome.json"
        life_line = os.pipe()
        child = os.fork()
        if not child:
            os.close(life_line[1])
            self._build_and_end(task, scratch / _LOG, answer, life_line[0])
        _at_work.add(child)
        os.close(life_line[0])
        try:
            _, status, used = os.wait4(child, 0)
        finally:
            _at_work.discard(child)
            os.close(life_line[1])
        outcome = _answered(task, answer, status)
        with suppress(OSError):
            (self._folder / DATABASE).unlink()
        return Outcome(
            outcome.key,
            outcome.problem,
            outcome.may_be_tried_again,
            used.ru_utime + used.ru_stime,
            peak_bytes(used),
        )

    def _build_and_end(self, task: Task, log: Path, answer: Path, life_line: int) -> NoReturn:
        """Do the work of the child, which ends when it is done, or its worker is no more."""
        code = 1
        try:
            _end_with(life_line)
            output = os.open(log, os.O_WRONLY | os.O_CREAT | os.O_TRUNC)
            os.dup2(output, 1)
            os.dup2(output, 2)
            os.environ.setdefault("TILTAK_THREADS", _THREADS)
            if len(task.reports) <= _SMALL_PART:
                os.environ.setdefault("TILTAK_MEMORY_LIMIT", _MEMORY_LIMIT)
            outcome = build_part(task, self._folder, log, self._dbt_build, self._independent)
            answer.write_text(outcome.to_json(), encoding="utf-8")
            code = 0
        except BaseException as error:
            with suppress(OSError):
                answer.write_text(
                    Outcome(task.key, f"{type(error).__name__}: {error}", may_be_tried_again=True).to_json(),
                    encoding="utf-8",
                )
        finally:
            os._exit(code)


def _answered(task: Task, answer: Path, status: int) -> Outcome:
    """Return the outcome that a child has left; one that left none was killed, or had no room for it."""
    with suppress(OSError, ValueError):
        return Outcome.from_json(answer.read_text(encoding="utf-8"))
    code = os.waitstatus_to_exitcode(status)
    ended = signal.Signals(-code).name if code < 0 else f"exit code {code}"
    problem = Problem(f"a worker that ended with {ended}", "one that builds the part", "see whether it has room")
    return Outcome(task.key, str(refused(f"part of {task.years}", problem)), may_be_tried_again=True)


def _end_with(descriptor: int) -> None:
    """End this process as soon as nobody holds the other end of a pipe any more."""

    def wait() -> NoReturn:
        with suppress(OSError):
            while os.read(descriptor, 1):
                pass
        os._exit(1)

    threading.Thread(target=wait, daemon=True).start()


def main() -> None:
    """Answer each task of stdin by an outcome on stdout. A project that cannot be parsed is the first answer."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the driver ends its workers
    answers = os.fdopen(os.dup(1), "w", encoding="utf-8")
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, 1)
    tasks, given = os.pipe()
    at_work = threading.Event()
    folder, project = map(Path, sys.argv[1:])
    threading.Thread(target=_pass_on, args=(given, at_work, folder), daemon=True).start()
    worker: Worker | None = None
    with os.fdopen(tasks, encoding="utf-8") as lines:
        for line in lines:
            at_work.set()
            task = Task.from_json(line)
            try:
                worker = worker or Worker(folder, project)
                outcome = worker.build(task)
            except (WarehouseError, OSError) as error:
                outcome = Outcome(task.key, str(error), may_be_tried_again=isinstance(error, OSError))
            at_work.clear()
            answers.write(outcome.to_json() + "\n")
            answers.flush()
    shutil.rmtree(folder, ignore_errors=True)


def _pass_on(given: int, at_work: threading.Event, folder: Path) -> None:
    """Pass stdin on. When it ends in the middle of a part, end the process: nobody waits for it any more."""
    with suppress(OSError):
        while piece := os.read(0, 65_536):
            os.write(given, piece)
    if at_work.is_set():
        for child in _at_work:
            with suppress(ProcessLookupError):
                os.kill(child, signal.SIGKILL)
        shutil.rmtree(folder, ignore_errors=True)
        os._exit(1)
    os.close(given)


if __name__ == "__main__":
    main()
