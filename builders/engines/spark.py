"""Workers on a Spark cluster. Spark only schedules: it says which machine builds which part, and when again."""

from __future__ import annotations

import importlib.util
import os
import re
import socket
import sys
import warnings
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from builders.building import WorkerError
from builders.engines.engine import ATTEMPTS
from builders.engines.processes import WorkerProcess
from builders.tasks import Outcome, Task
from warehouse.errors import DatabaseError, Problem

if TYPE_CHECKING:
    from pyspark import SparkContext

_CODE = Path(__file__).resolve().parents[2]
_JOBS = 256
"""Parts that are with Spark at once. Each is a job of its own, so that one that fails takes no other along."""
_PATIENCE = 10.0
"""Seconds to wait for the cluster's master to answer."""
_OWN_MESSAGE = re.compile(r"WorkerError: (.+?)(?=\n\s+at |\n\n|\Z)", re.DOTALL)


@dataclass(frozen=True, slots=True)
class SparkEngine:
    """Builds parts on the cluster of a master, `spark://host:port` or `local[n]`; it needs the extra `spark`."""

    master: str

    def run(self, tasks: Sequence[Task], done: Callable[[Outcome], None]) -> None:
        """Build each part. See `Engine.run`."""
        with _context(self.master) as spark:
            alone = Lock()

            def build(task: Task) -> None:
                outcome = _outcome(spark, task)
                with alone:
                    done(outcome)

            # The largest first, so that no worker is left with a long one at the end.
            ordered = sorted(tasks, key=lambda task: -len(task.reports))
            with ThreadPoolExecutor(min(_JOBS, len(tasks))) as jobs:
                running = [jobs.submit(build, task) for task in ordered]
                try:
                    for each in running:
                        each.result()
                except BaseException:
                    jobs.shutdown(wait=False, cancel_futures=True)
                    spark.cancelAllJobs()
                    raise


def _outcome(spark: SparkContext, task: Task) -> Outcome:
    from py4j.protocol import Py4JError

    try:
        [answer] = spark.parallelize([task.to_json()], 1).map(_build).collect()
    except Py4JError as error:
        text = str(error)
        own = _OWN_MESSAGE.search(text)
        problem = (
            own[1].strip() if own else f"part of {task.years}: Spark gave up after {ATTEMPTS} attempts: {text[:500]}"
        )
        return Outcome(task.key, problem, may_be_tried_again=True)
    return Outcome.from_json(answer)


_workers: dict[str, WorkerProcess] = {}
"""The process of each project, kept from part to part by Spark's own Python process."""


def _build(line: str) -> str:
    """Build a part where Spark has put it. Raises WorkerError where Spark should try again."""
    task = Task.from_json(line)
    worker = _workers.get(task.project) or WorkerProcess(task.project)
    _workers[task.project] = worker
    try:
        outcome = worker.build(task)
    except WorkerError:
        del _workers[task.project]
        worker.close()
        raise
    if outcome.may_be_tried_again:
        raise WorkerError(outcome.problem)
    return outcome.to_json()


@contextmanager
def _context(master: str) -> Iterator[SparkContext]:
    """Yield a connection to the cluster. Raises DatabaseError where there is none."""
    if importlib.util.find_spec("pyspark") is None:
        problem = Problem("no such package", "PySpark", "run `pip install -r requirements-spark.txt`")
        raise DatabaseError("pyspark", problem)
    with warnings.catch_warnings():
        # It warns of new versions of pandas, which it is not asked to use.
        warnings.simplefilter("ignore", FutureWarning)
        from pyspark import SparkConf, SparkContext
        from pyspark.errors import PySparkRuntimeError

    host = _reached(master)
    os.environ.setdefault("PYSPARK_PYTHON", sys.executable)
    settings = {
        "spark.master": master,
        "spark.app.name": "tiltak builders",
        "spark.log.level": "ERROR",
        "spark.ui.enabled": "false",
        "spark.ui.showConsoleProgress": "false",
        "spark.executor.memory": "512m",
        "spark.executorEnv.PYTHONPATH": str(_CODE),
        "spark.task.maxFailures": str(ATTEMPTS),
        "spark.locality.wait": "0",
        # A second attempt beside a slow one does no harm, as a part is put in its place once; it only takes a core.
        "spark.speculation": "false",
    }
    if host is None or _is_loopback(host):
        os.environ.setdefault("SPARK_LOCAL_IP", "127.0.0.1")
        settings |= {"spark.driver.host": "127.0.0.1", "spark.driver.bindAddress": "127.0.0.1"}
    try:
        spark = SparkContext(conf=SparkConf().setAll(list(settings.items())))
    except PySparkRuntimeError as error:
        problem = Problem(f"no Java that starts ({error})", "Java 17", "run `make java`, or install it")
        raise DatabaseError("java", problem) from error
    try:
        yield spark
    finally:
        spark.stop()


def _reached(master: str) -> str | None:
    """Return the host of a master that answers, None for one that is no address. Raises DatabaseError."""
    address = urlsplit(master)
    if address.scheme != "spark":
        return None
    try:
        with socket.create_connection((address.hostname or "", address.port or 7077), timeout=_PATIENCE):
            return address.hostname
    except (OSError, ValueError) as error:
        problem = Problem(f"no answer ({error})", "the master of a Spark cluster", "start it, or give another --master")
        raise DatabaseError(master, problem) from error


def _is_loopback(host: str) -> bool:
    with suppress(OSError):
        return all(str(place[4][0]).startswith(("127.", "::1")) for place in socket.getaddrinfo(host, None))
    return False
