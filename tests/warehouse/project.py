"""A warehouse of a test's own, worked on with the commands that a user types."""

from __future__ import annotations

import csv
import os
import shutil
import subprocess
import sys
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import duckdb

from tests.warehouse import forking

PROJECT = Path(__file__).resolve().parents[2]
SAMPLE = PROJECT / "reports" / "2024-04_oppfolging.txt"
CORRECTION_COLUMNS = (
    "report_id", "line_number", "column_number", "printed_text", "corrected_text", "reason", "decided_by", "decided_on",
)  # fmt: skip
_DBT_PROJECT = ("dbt_project.yml", "profiles.yml", "selectors.yml", "models", "macros", "seeds", "tests")


@dataclass(frozen=True, slots=True)
class Warehouse:
    """Build database, published database, a copy of the dbt project and dbt's working files in one folder."""

    folder: Path

    @property
    def project(self) -> Path:
        """The dbt project as it is in the repository, but without corrections: those speak of other reports."""
        project = self.folder / "project"
        if not project.exists():
            project.mkdir(parents=True)
            for name in _DBT_PROJECT:
                source = PROJECT / name
                if source.is_dir():
                    shutil.copytree(source, project / name, ignore=shutil.ignore_patterns("__pycache__"))
                else:
                    shutil.copy(source, project / name)
            self._write_corrections(project, [])
        return project

    def correct(self, *corrections: Sequence[object]) -> None:
        """Make these rows, with values in the order of CORRECTION_COLUMNS, the accepted corrections."""
        self._write_corrections(self.project, corrections)

    @staticmethod
    def _write_corrections(project: Path, corrections: Iterable[Sequence[object]]) -> None:
        with (project / "seeds" / "cell_corrections.csv").open("w", encoding="utf-8", newline="") as seed:
            csv.writer(seed, lineterminator="\n").writerows([CORRECTION_COLUMNS, *corrections])

    @property
    def build_database(self) -> Path:
        """Where the loader and dbt work."""
        return self.folder / "build" / "tiltak.duckdb"

    @property
    def readers_database(self) -> Path:
        """What readers open."""
        return self.folder / "tiltak.duckdb"

    @property
    def environment(self) -> dict[str, str]:
        """The process's environment with this warehouse's paths."""
        return os.environ | {
            "TILTAK_DATABASE": str(self.build_database),
            "DBT_TARGET_PATH": str(self.folder / "target"),
            "DBT_LOG_PATH": str(self.folder / "logs"),
            "NO_COLOR": "1",
            "DBT_USE_COLORS": "false",
            "PYTHONPATH": str(PROJECT),
        }

    def run(self, *command: str | Path) -> subprocess.CompletedProcess[str]:
        """Run a command in the folder of this warehouse's project; its output is text."""
        return subprocess.run(
            [str(part) for part in command],
            cwd=self.project,
            env=self.environment,
            capture_output=True,
            text=True,
            check=False,
            timeout=300,
        )

    def load(self, *paths: str | Path) -> subprocess.CompletedProcess[str]:
        """`python -m loaders PATH …`."""
        return forking.loaders(self, *paths).complete("loaders")

    def dbt(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        """`dbt …`."""
        return forking.dbt(self, *arguments).complete("dbt")

    def publish(self) -> subprocess.CompletedProcess[str]:
        """`python -m publishers database` to this warehouse's readers' file."""
        return forking.publishers(self, "database", "--to", self.readers_database).complete("publishers")

    def dbt_as_typed(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        """`dbt …` as a new process, which imports and parses everything anew."""
        return self.run(Path(sys.executable).parent / "dbt", *arguments)

    def query(self, sql: str, parameters: list[Any] | None = None) -> list[tuple[Any, ...]]:
        """Return the rows of a query on the build database."""
        with duckdb.connect(self.build_database, read_only=True) as connection:
            return connection.execute(sql, parameters).fetchall()


def sample_lines() -> list[str]:
    """Return the lines of the sample report, the first at index 0."""
    return SAMPLE.read_text(encoding="utf-8").split("\n")


def write_report(path: Path, lines: list[str]) -> Path:
    """Write lines as a report file and return its path."""
    path.write_bytes("\n".join(lines).encode())
    return path


def with_cell(lines: list[str], line_number: int, column_number: int, value_text: str) -> list[str]:
    """Return the lines with one figure replaced; both numbers count from 1, as in `raw.cells`."""
    cells = lines[line_number - 1].split("\t")
    cells[column_number] = value_text
    return [*lines[: line_number - 1], "\t".join(cells), *lines[line_number:]]


def find_line(lines: list[str], label: str, total_label: str) -> int:
    """Return the number of the line with `label` in the first table under `total_label` that has it."""
    total = ""
    for number, line in enumerate(lines, start=1):
        first = line.split("\t")[0]
        if first.startswith("I alt"):
            total = first
        if first == label and total == total_label:
            return number
    message = f"no row {label!r} under {total_label!r}"
    raise ValueError(message)
