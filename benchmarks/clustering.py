"""What parts cost beside one build of the same reports, what two workers save, and what that comes to for a million."""

from __future__ import annotations

import re
import shutil
import sys
from dataclasses import dataclass
from pathlib import Path

from benchmarks.building import DBT, PROJECT, warehouse_environment
from benchmarks.loading import EDITIONS
from benchmarks.simulating import CLUSTERS, Costs, simulate
from benchmarks.timing import Usage, run
from tests.editions import history

REPORTS_PER_PART = 400
_SMALL_PART = 120
_FIRST_YEAR = 1952
"""Parts are blocks of years: 32 of them from here on are 384 monthly editions."""
_BUILT = re.compile(r"built (\d+) parts?: ([\d.]+) s of processor time, at most (\d+) MB each, (\d+) MB in the driver")
_READING = 0.004
"""Seconds to read the period of a report."""
_READERS = 8
"""Processes of the driver's machine that read periods at once."""
_FINISHING = 0.01
"""Seconds to check and link a part; a release takes about a second besides, however many parts it has."""


@dataclass(frozen=True, slots=True)
class Parts:
    """A run of `python -m builders`."""

    usage: Usage
    parts: int
    part_seconds: float
    """Processor time of the parts alone."""
    peak_megabytes: int
    """Most memory of a part."""
    driver_megabytes: int

    @classmethod
    def of(cls, usage: Usage) -> Parts:
        """Return what a run has printed."""
        built = _BUILT.search(usage.printed)
        if built is None:
            raise ValueError(usage.printed)
        parts, seconds, peak, driver = built.groups()
        return cls(usage, int(parts), float(seconds), int(peak), int(driver))


def build_in_parts(folder: Path) -> str:
    """Build 1,200 generated editions at once and in parts, with one worker and with two; return what each took."""
    folder = folder / "cluster"
    inbox = folder / "inbox"
    inbox.mkdir(parents=True)
    for edition in history(_FIRST_YEAR, 1, EDITIONS):
        edition.write(inbox)
    one = _on_one_machine(folder / "one machine", inbox)
    alone = _in_parts(folder / "one worker", inbox, REPORTS_PER_PART, 1)
    two = _in_parts(folder / "two workers", inbox, REPORTS_PER_PART, 2)
    small_alone = _in_parts(folder / "small parts, one worker", inbox, _SMALL_PART, 1)
    small = _in_parts(folder / "small parts", inbox, _SMALL_PART, 2)
    size = sum(file.stat().st_size for file in (folder / "one worker" / "release").rglob("*.parquet"))
    again = run(_command(folder / "one worker", inbox, REPORTS_PER_PART, 1), PROJECT)
    lines = [
        f"{EDITIONS:,} editions in {alone.parts} parts of up to {REPORTS_PER_PART}: "
        f"{alone.usage.processor_seconds / one:.2f} × the processor time of one load, build and publish "
        f"({alone.usage.processor_seconds:.1f} s against {one:.1f} s)",
        f"memory: at most {alone.peak_megabytes} MB a part of {REPORTS_PER_PART}, {small.peak_megabytes} MB a part of "
        f"{_SMALL_PART}, {alone.driver_megabytes} MB in the driver",
        *(
            f"two workers on {both.parts} parts: {both.usage.seconds / one_worker.usage.seconds:.2f} × the time of one "
            f"({both.usage.seconds:.1f} s against {one_worker.usage.seconds:.1f} s)"
            for both, one_worker in ((small, small_alone), (two, alone))
        ),
        f"release of {size / EDITIONS / 1e3:.0f} kB a report; the same again, nothing to build: {again.seconds:.1f} s",
        *_simulated(alone, small),
    ]
    return "\n".join(lines)


def _simulated(large: Parts, small: Parts) -> list[str]:
    """Return the lines on a million reports: parts of two sizes say what a report costs and what a part costs."""
    per_part = max((small.part_seconds - large.part_seconds) / max(small.parts - large.parts, 1), 0)
    per_report = (large.part_seconds - per_part * large.parts) / EDITIONS
    costs = Costs(per_report, per_part, _READING / _READERS, _FINISHING)
    lines = [f"a report costs {per_report * 1e3:.1f} ms and a part {per_part:.1f} s of processor time; a million:"]
    return lines + [f"  {simulate(costs, REPORTS_PER_PART, workers)}" for workers in CLUSTERS]


def _on_one_machine(folder: Path, inbox: Path) -> float:
    """Load, build and publish at once, and return the seconds of processor time."""
    environment = warehouse_environment(folder / "build" / "tiltak.duckdb", folder)
    folder.mkdir()
    python = (sys.executable, "-m")
    commands: tuple[tuple[str | Path, ...], ...] = (
        (*python, "loaders", inbox),
        (DBT, "--quiet", "build"),
        (*python, "publishers", "database", "--to", folder / "readers.duckdb"),
    )
    seconds = sum(run(command, PROJECT, **environment).processor_seconds for command in commands)
    shutil.rmtree(folder)
    return seconds


def _in_parts(folder: Path, inbox: Path, reports_per_part: int, workers: int) -> Parts:
    folder.mkdir()
    return Parts.of(run(_command(folder, inbox, reports_per_part, workers), PROJECT))


def _command(folder: Path, inbox: Path, reports_per_part: int, workers: int) -> list[str | Path]:
    sizes = ["--reports-per-part", str(reports_per_part), "--workers", str(workers)]
    return [sys.executable, "-m", "builders", inbox, "--to", folder / "release", *sizes]
