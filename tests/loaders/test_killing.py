"""A loader killed at any moment leaves a database that the next run completes."""

from __future__ import annotations

import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.database_files import query
from tests.sample import PROJECT, SAMPLE

REPORTS = 299
"""More than one transaction takes."""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Return a folder of reports."""
    text = SAMPLE.read_text(encoding="utf-8")
    (inbox := tmp_path / "reports").mkdir()
    for number in range(REPORTS):
        (inbox / f"{number}.txt").write_text(text.replace("2024", str(1900 + number)), encoding="utf-8")
    return inbox


def cells_per_report(database: Path) -> list[tuple[int]]:
    """Return the different numbers of cells that loaded reports have, none if no report is loaded."""
    if not database.exists():
        return []
    if not query(database, "from duckdb_tables() where schema_name = 'raw'"):
        return []
    return query(
        database,
        "select distinct count(raw.cells.report_id) from raw.reports left join raw.cells using (report_id) "
        "group by raw.reports.report_id",
    )


def test_killed_run_is_completed_by_the_next(folder: Path) -> None:
    database = folder.parent / "tiltak.duckdb"
    command = [sys.executable, "-m", "loaders", str(folder), "--database", str(database)]
    for wait in (0.0, 0.05, 0.1, 0.3, 0.6):
        with subprocess.Popen(command, cwd=PROJECT, stdout=subprocess.DEVNULL) as process:
            while not database.exists() and process.poll() is None:
                time.sleep(0.001)
            time.sleep(wait)
            process.kill()
        assert cells_per_report(database) in ([], [(1_710,)])
    finished = subprocess.run(command, cwd=PROJECT, capture_output=True, check=False)
    assert (finished.returncode, finished.stderr) == (0, b"")
    counts = "select count(*), count(distinct report_id) from raw.cells"
    assert query(database, counts) == [(REPORTS * 1_710, REPORTS)]
    assert sorted(path.name for path in folder.parent.iterdir()) == [folder.name, database.name]
