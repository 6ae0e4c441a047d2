"""A Spark cluster of a test's own: a master and two workers on the loopback interface, ended by their numbers."""

from __future__ import annotations

import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path

_PATIENCE = 90.0
_PROCESSES = Path("/proc")


@dataclass(frozen=True, slots=True)
class Cluster:
    """A running cluster; its executors and Python processes are children of the workers."""

    master: str
    workers: tuple[int, ...]
    """Numbers of the processes."""

    def executors(self) -> list[int]:
        """Return the numbers of the processes in which parts are built, by the workers that have started them."""
        return [child for worker in self.workers for child in children(worker)]


def children(process: int) -> list[int]:
    """Return the numbers of the processes that a process has started and that are still there."""
    found = []
    for status in _PROCESSES.glob("[0-9]*/stat"):
        try:
            fields = status.read_text(encoding="utf-8", errors="replace").rpartition(")")[2].split()
        except OSError:  # it has ended meanwhile
            continue
        if int(fields[1]) == process:
            found.append(int(status.parent.name))
    return sorted(found)


def descendants(process: int) -> list[int]:
    """Return the numbers of all processes that a process and those that it has started have started."""
    own = children(process)
    return [*own, *(each for child in own for each in descendants(child))]


@contextmanager
def running() -> Iterator[Cluster]:
    """Yield a cluster with two workers of a core each, which ends with the block."""
    folder = Path(tempfile.mkdtemp(prefix="tiltak-cluster-"))
    processes: list[subprocess.Popen[bytes]] = []
    port = _free_port()
    try:
        address = ["--host", "127.0.0.1", "--webui-port", "0"]
        processes.append(_started(folder, "master", "master.Master", [*address, "--port", str(port)]))
        _wait_for(folder / "master.log", "Starting Spark master", processes[0])
        _wait_for_port(port, processes[0])
        master = f"spark://127.0.0.1:{port}"
        for number in (1, 2):
            options = [*address, "--cores", "1", "--memory", "1g", "--work-dir", str(folder / f"work-{number}")]
            processes.append(_started(folder, f"worker-{number}", "worker.Worker", [*options, master]))
        for number, process in enumerate(processes[1:], start=1):
            _wait_for(folder / f"worker-{number}.log", "Successfully registered with master", process)
        yield Cluster(master, tuple(process.pid for process in processes[1:]))
    finally:
        for process in reversed(processes):
            process.send_signal(signal.SIGTERM)
        for process in processes:
            process.wait(_PATIENCE)
        shutil.rmtree(folder, ignore_errors=True)


def _started(folder: Path, name: str, program: str, options: list[str]) -> subprocess.Popen[bytes]:
    package = find_spec("pyspark")
    assert package, "no pyspark: run `make test-cluster`, which installs it"
    assert package.submodule_search_locations
    home = Path(package.submodule_search_locations[0])
    environment = os.environ | {
        "SPARK_HOME": str(home), "SPARK_LOCAL_IP": "127.0.0.1", "PYSPARK_PYTHON": sys.executable,
        "SPARK_LOCAL_DIRS": str(folder / "local"), "SPARK_DAEMON_MEMORY": "256m",
    }  # fmt: skip
    with (folder / f"{name}.log").open("wb") as log:
        return subprocess.Popen(
            [home / "bin" / "spark-class", f"org.apache.spark.deploy.{program}", *options],
            cwd=folder,
            env=environment,
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=subprocess.STDOUT,
        )


def _wait_for(log: Path, sign: str, process: subprocess.Popen[bytes]) -> None:
    end = time.monotonic() + _PATIENCE
    while not re.search(sign, text := log.read_text(encoding="utf-8", errors="replace")):
        assert process.poll() is None, text
        assert time.monotonic() < end, text
        time.sleep(0.1)


def _wait_for_port(port: int, process: subprocess.Popen[bytes]) -> None:
    end = time.monotonic() + _PATIENCE
    while True:
        try:
            with socket.create_connection(("127.0.0.1", port), timeout=1):
                return
        except OSError:
            assert process.poll() is None
            assert time.monotonic() < end
            time.sleep(0.1)


def _free_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])
