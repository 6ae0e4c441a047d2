"""Workers as processes of this machine."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from queue import Empty, SimpleQueue
from threading import Event, Lock

from builders.building import WorkerError
from builders.engines.engine import ATTEMPTS
from builders.engines.processes import WorkerProcess
from builders.tasks import Outcome, Task


@dataclass(frozen=True, slots=True)
class LocalEngine:
    """Builds up to `workers` parts at once."""

    workers: int

    def run(self, tasks: Sequence[Task], done: Callable[[Outcome], None]) -> None:
        """Build each part. See `Engine.run`."""
        work = _Work(done)
        # The largest first, so that no worker is left with a long one at the end.
        for task in sorted(tasks, key=lambda task: -len(task.reports)):
            work.waiting.put(task)
        threads = min(self.workers, len(tasks))
        with ThreadPoolExecutor(max(threads, 1)) as pool:
            running = [pool.submit(work.go_on) for _ in range(threads)]
            try:
                for each in running:
                    each.result()
            except BaseException:
                work.stop()
                raise


@dataclass(slots=True)
class _Work:
    """Parts that wait, and the processes that build them."""

    done: Callable[[Outcome], None]
    waiting: SimpleQueue[Task] = field(default_factory=SimpleQueue)
    _workers: set[WorkerProcess] = field(default_factory=set)
    _is_stopped: Event = field(default_factory=Event)
    _alone: Lock = field(default_factory=Lock)

    def go_on(self) -> None:
        """Build parts until none waits, in one process as long as it lives."""
        worker: WorkerProcess | None = None
        try:
            while not self._is_stopped.is_set():
                task = self.waiting.get_nowait()
                for attempt in range(1, ATTEMPTS + 1):
                    try:
                        worker = worker or self._started(task.project)
                        outcome = worker.build(task)
                    except (WorkerError, OSError) as error:
                        outcome = Outcome(task.key, str(error), may_be_tried_again=True)
                        self._ended(worker)
                        worker = None
                    if self._is_stopped.is_set():
                        return
                    if not outcome.may_be_tried_again or attempt == ATTEMPTS:
                        break
                with self._alone:
                    self.done(outcome)
        except Empty:
            return
        finally:
            self._ended(worker)

    def stop(self) -> None:
        """End all processes, whatever they are at."""
        self._is_stopped.set()
        for worker in list(self._workers):
            worker.kill()

    def _started(self, project: str) -> WorkerProcess:
        worker = WorkerProcess(project)
        self._workers.add(worker)
        return worker

    def _ended(self, worker: WorkerProcess | None) -> None:
        if worker is not None:
            self._workers.discard(worker)
            worker.close()
