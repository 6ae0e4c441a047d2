"""Eight readers open the readers' file again and again while it is replaced: each sees one build, whole."""

from __future__ import annotations

import shutil
import subprocess
import sys
import threading
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from benchmarks.building import DBT, PROJECT, warehouse_environment
from tests.editions import history

READERS = 8
REBUILDS = 20


@dataclass(frozen=True, slots=True)
class Readings:
    """What the readers saw."""

    opened: int
    failed: int
    mixed: int
    """Reads that were of neither build."""

    def __str__(self) -> str:
        """One line."""
        return (
            f"{REBUILDS} rebuilds under {READERS} readers: the file was opened {self.opened:,} times, "
            f"{self.failed:,} failed, {self.mixed:,} saw a mixture"
        )


def read_during_rebuilds(folder: Path) -> Readings:
    """Publish two builds in turn, in `folder`, while readers count what they hold."""
    builds: list[Path] = []
    for number, edition in enumerate(history(2024, 3, 2), start=1):
        report = folder / edition.file_name
        report.write_text(edition.text, encoding="utf-8")
        build = folder / f"readers{number}" / "tiltak.duckdb"
        build.parent.mkdir()
        if builds:
            shutil.copy(builds[0], build)
        environment = warehouse_environment(build, folder)
        for command in ([sys.executable, "-m", "loaders", str(report)], [str(DBT), "--quiet", "build"]):
            subprocess.run(command, cwd=PROJECT, env=environment, check=True, capture_output=True)
        builds.append(build)
    target = folder / "read.duckdb"
    _publish(builds[0], target)
    seen: list[tuple[int, int] | None] = []
    is_over = threading.Event()
    readers = [threading.Thread(target=_read, args=(target, is_over.is_set, seen)) for _ in range(READERS)]
    for reader in readers:
        reader.start()
    for number in range(REBUILDS):
        _publish(builds[(number + 1) % 2], target)
    is_over.set()
    for reader in readers:
        reader.join()
    failed = sum(counts is None for counts in seen)
    mixed = sum(counts is not None and counts not in {(1, 1), (2, 2)} for counts in seen)
    return Readings(len(seen), failed, mixed)


def _publish(build: Path, target: Path) -> None:
    command = [sys.executable, "-m", "publishers", "database", "--from", str(build), "--to", str(target)]
    subprocess.run(command, cwd=PROJECT, check=True, capture_output=True)


def _read(target: Path, is_over: Callable[[], bool], seen: list[tuple[int, int] | None]) -> None:
    """Open the file in a new process each time, as a reader does that begins."""
    code = (
        "import duckdb, sys\n"
        "with duckdb.connect(sys.argv[1], read_only=True) as c:\n"
        "    print(*c.execute('select (select count(*) from raw.reports), "
        "(select count(distinct report_id) from marts.fct_participants_vintages)').fetchone())"
    )
    while not is_over():
        run = subprocess.run([sys.executable, "-c", code, str(target)], capture_output=True, text=True, check=False)
        numbers = run.stdout.split()
        seen.append((int(numbers[0]), int(numbers[1])) if run.returncode == 0 else None)
