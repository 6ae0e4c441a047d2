"""Loader, dbt and publisher killed at random moments, alone and two at once: nothing is lost, torn or mixed."""

from __future__ import annotations

import random
import signal
import subprocess
import sys
import time
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

import duckdb

from benchmarks.building import DBT, PROJECT, warehouse_environment
from tests.editions import history

KILLS = 100
_EDITIONS = 3
_LONGEST_DELAY = {"loaders": 0.8, "dbt": 9.0, "publishers": 0.8}
"""Seconds, about what each command takes: a kill comes at any moment of it."""
_TIMES = "loaded_at"


@dataclass(frozen=True, slots=True)
class Killings:
    """What was found after each kill, and at the end."""

    kills: Counter[str]
    torn_files: int
    """Moments at which the readers' file, once published, was gone, could not be opened, or lacked figures."""
    unequal_tables: int
    """Tables that the completed warehouse holds otherwise than one that was never disturbed."""
    left_over: int
    """Unfinished files that are still there at the end."""

    def __str__(self) -> str:
        """One line."""
        kinds = ", ".join(f"{name} {count}" for name, count in sorted(self.kills.items()))
        return (
            f"{sum(self.kills.values()):,} kills ({kinds}): {self.torn_files} torn files, "
            f"{self.unequal_tables} unequal tables at the end, {self.left_over} files left over"
        )


class _Warehouse:
    """A warehouse in a folder of its own and the commands on it."""

    def __init__(self, folder: Path, inbox: Path) -> None:
        folder.mkdir()
        self.build = folder / "build" / "tiltak.duckdb"
        self.readers = folder / "readers" / "tiltak.duckdb"
        self.readers.parent.mkdir()
        self.environment = warehouse_environment(self.build, folder)
        self.commands = {
            "loaders": [sys.executable, "-m", "loaders", str(inbox)],
            "dbt": [str(DBT), "--quiet", "build"],
            "publishers": [sys.executable, "-m", "publishers", "database", "--to", str(self.readers)],
        }

    def start(self, name: str) -> subprocess.Popen[bytes]:
        return subprocess.Popen(
            self.commands[name],
            cwd=PROJECT,
            env=self.environment,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )

    def finish(self) -> None:
        for name in self.commands:
            subprocess.run(self.commands[name], cwd=PROJECT, env=self.environment, check=True, capture_output=True)

    def tables(self) -> dict[str, list[tuple[object, ...]]]:
        """Return the rows of the readers' tables, without the times of loading."""
        with duckdb.connect(self.readers, read_only=True) as connection:
            names = connection.execute(
                "select schema_name || '.' || table_name, bool_or(column_name = ?) "
                "from duckdb_columns() where not internal group by all order by all",
                [_TIMES],
            ).fetchall()
            return {
                name: connection.execute(
                    f"select {f'* exclude ({_TIMES})' if has_times else '*'} from {name} order by all"  # noqa: S608
                ).fetchall()
                for name, has_times in names
            }


def kill_at_random(folder: Path) -> Killings:
    """Kill commands KILLS times, in `folder`, then let all finish and compare with a warehouse left in peace."""
    inbox = folder / "kill_inbox"
    inbox.mkdir()
    undisturbed, disturbed = _Warehouse(folder / "peace", inbox), _Warehouse(folder / "war", inbox)
    editions = history(2024, 2, _EDITIONS)
    draw = random.Random(20_240_401)  # noqa: S311 - drawn, not secret
    kills: Counter[str] = Counter()
    torn, is_published = 0, False
    rounds = 0
    while (done := sum(kills.values())) < KILLS:
        for edition in editions[: 1 + done * _EDITIONS // KILLS]:
            (inbox / edition.file_name).write_text(edition.text, encoding="utf-8")
        rounds += 1
        if rounds % 10 == 0:  # so that there is something whole to tear
            disturbed.finish()
        name = draw.choice(["loaders", "dbt", "publishers"])
        how_many = draw.choice([1, 2])
        running = [disturbed.start(name) for _ in range(how_many)]
        time.sleep(draw.uniform(0.05, _LONGEST_DELAY[name]))
        for process in running:
            process.send_signal(signal.SIGKILL)
        # One that had ended by then was not killed, and is not counted.
        ends = [process.wait() for process in running]
        if ends == [-signal.SIGKILL] * how_many:
            kills[name if how_many == 1 else f"two {name}"] += 1
        is_published = is_published or disturbed.readers.exists()
        torn += is_published and _is_torn(disturbed.readers)
    disturbed.finish()
    undisturbed.finish()
    found, expected = disturbed.tables(), undisturbed.tables()
    unequal = sum(found.get(name) != rows for name, rows in expected.items()) + len(found.keys() - expected.keys())
    left_over = [path for path in disturbed.readers.parent.iterdir() if path != disturbed.readers]
    return Killings(kills, torn, unequal, len(left_over))


def _is_torn(readers: Path) -> bool:
    """Return whether the readers' file is gone, cannot be opened, or lacks figures of a report that it has."""
    try:
        with duckdb.connect(readers, read_only=True) as connection:
            counts = connection.execute(
                "select (select count(*) from raw.reports), (select count(distinct report_id) from raw.cells), "
                "(select count(distinct report_id) from marts.fct_participants_vintages)"
            ).fetchone()
    except duckdb.Error:
        return True
    return counts is None or len(set(counts)) != 1 or not 1 <= counts[0] <= _EDITIONS
