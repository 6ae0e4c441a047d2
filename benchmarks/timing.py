"""Time commands in turn, so that whatever else the machine does strikes them alike."""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Comparison:
    """Seconds of each round of the thing measured and of its floor, taken in turn."""

    name: str
    measured: tuple[float, ...]
    floor: tuple[float, ...]

    @property
    def ratio(self) -> float:
        """Median of the measured over median of the floor."""
        return statistics.median(self.measured) / statistics.median(self.floor)

    def __str__(self) -> str:
        """One line: the ratio, and the medians that it comes from."""
        return (
            f"{self.name}: {self.ratio:.2f} × its floor "
            f"({statistics.median(self.measured):.2f} s against {statistics.median(self.floor):.2f} s, "
            f"{len(self.measured)} rounds)"
        )


@dataclass(frozen=True, slots=True)
class Usage:
    """What a command used: seconds, and the most memory that it held at once, in bytes; and what it printed."""

    seconds: float
    peak_bytes: int
    printed: str
    processor_seconds: float
    """Of the command and all processes that it waited for."""


def compare(
    name: str,
    measured: Callable[[], object],
    floor: Callable[[], object],
    rounds: int,
    before_each: Callable[[], None] = lambda: None,
) -> Comparison:
    """Run `floor` and `measured` in turn, `rounds` times after one round that does not count.

    `before_each` prepares a round and is not timed.
    """
    times: tuple[list[float], list[float]] = ([], [])
    for round_number in range(rounds + 1):
        before_each()
        for seconds, work in zip(times, (measured, floor), strict=True):
            # What the other left to be written to the disk must not be waited for here.
            os.sync()
            started = time.perf_counter()
            work()
            if round_number:
                seconds.append(time.perf_counter() - started)
    return Comparison(name, tuple(times[0]), tuple(times[1]))


def run(command: Sequence[str | Path], folder: Path, **environment: str) -> Usage:
    """Run a command in `folder` and return what it used and printed.

    Raises RuntimeError with the output if it fails.
    """
    with tempfile.TemporaryFile("w+") as output:
        started = time.perf_counter()
        process = subprocess.Popen(
            [str(part) for part in command],
            cwd=folder,
            env=os.environ | environment,
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=output,
        )
        _, status, resources = os.wait4(process.pid, 0)
        seconds = time.perf_counter() - started
        process.returncode = os.waitstatus_to_exitcode(status)
        output.seek(0)
        printed = output.read()
        if process.returncode:
            message = f"{command} failed:\n{printed}"
            raise RuntimeError(message)
    # Linux counts in units of 1,024 bytes, macOS in bytes.
    peak_bytes = resources.ru_maxrss * (1 if sys.platform == "darwin" else 1024)
    return Usage(seconds, peak_bytes, printed, resources.ru_utime + resources.ru_stime)
