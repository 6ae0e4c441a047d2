"""A warehouse of a test's own, worked on with the commands that a user types."""

from __future__ import annotations

import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import duckdb

PROJECT = Path(__file__).resolve().parents[2]
SAMPLE = PROJECT / "reports" / "2024-04_oppfolging.txt"


@dataclass(frozen=True, slots=True)
class Warehouse:
    """Build database, published database and dbt's working files in one folder."""

    folder: Path

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
        }

    def run(self, *command: str | Path) -> subprocess.CompletedProcess[str]:
        """Run a command in the project's folder; its output is text."""
        return subprocess.run(
            [str(part) for part in command],
            cwd=PROJECT,
            env=self.environment,
            capture_output=True,
            text=True,
            check=False,
            timeout=300,
        )

    def load(self, *paths: str | Path) -> subprocess.CompletedProcess[str]:
        """`python -m loaders PATH …`."""
        return self.run(sys.executable, "-m", "loaders", *paths)

    def dbt(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        """`dbt …`."""
        return self.run(Path(sys.executable).parent / "dbt", *arguments)

    def publish(self) -> subprocess.CompletedProcess[str]:
        """`python -m publishers database` to this warehouse's readers' file."""
        return self.run(sys.executable, "-m", "publishers", "database", "--to", self.readers_database)

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
