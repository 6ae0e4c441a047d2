"""A warehouse of a test's own, worked on with the commands that a user types."""

from __future__ import annotations

import csv
import os
import shutil
import subprocess
import sys
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from loaders.parsing import parse_report
from tests.database_files import query
from tests.sample import PROJECT
from tests.warehouse import forked_commands

CORRECTION_COLUMNS = (
    "report_id", "line_number", "column_number", "printed_text", "corrected_text", "reason", "decided_by", "decided_on",
)  # fmt: skip
UNRELATED = ("--exclude", "editions_revise_few_figures resource_type:unit_test path:models/disclosure")
"""What a plain build leaves out, and the limit on revisions, for editions whose figures have nothing in common."""
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

    def number_issues(self, *reports: Path) -> None:
        """Let the seed say that each report file is the issue of its place here, from 1, whatever its period."""
        with (self.project / "seeds" / "report_issues.csv").open("w", encoding="utf-8", newline="") as seed:
            rows = [
                (parse_report(report.read_bytes(), str(report)).report_id, number, "made up")
                for number, report in enumerate(reports, start=1)
            ]
            csv.writer(seed, lineterminator="\n").writerows([("report_id", "issue_number", "reason"), *rows])

    def copy(self, folder: Path) -> Warehouse:
        """Return a warehouse in another folder with the same build."""
        other = Warehouse(folder)
        other.build_database.parent.mkdir(parents=True)
        shutil.copy(self.build_database, other.build_database)
        return other

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

    def receive(self, reports: Mapping[str, str]) -> None:
        """Put reports, text by file name, into an inbox, and load it."""
        inbox = self.folder / "reports"
        inbox.mkdir()
        for file_name, text in reports.items():
            (inbox / file_name).write_bytes(text.encode())
        self.number_issues(*sorted(inbox.iterdir()))
        loaded = self.load(inbox)
        assert loaded.returncode == 0, loaded.stderr

    def build(self) -> None:
        """`dbt build`, which succeeds."""
        build = self.dbt("build")
        assert build.returncode == 0, build.stdout

    def load(self, *paths: str | Path) -> subprocess.CompletedProcess[str]:
        """`python -m loaders PATH …`."""
        return forked_commands.loaders(self, *paths).complete("loaders")

    def dbt(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        """`dbt …`."""
        return forked_commands.dbt(self, *arguments).complete("dbt")

    def publish(self) -> subprocess.CompletedProcess[str]:
        """`python -m publishers database` to this warehouse's readers' file."""
        return forked_commands.publishers(self, "database", "--to", self.readers_database).complete("publishers")

    def dbt_as_typed(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        """`dbt …` as a new process, which imports and parses everything anew."""
        return self.run(Path(sys.executable).parent / "dbt", *arguments)

    def query(self, sql: str, parameters: list[Any] | None = None) -> list[tuple[Any, ...]]:
        """Return the rows of a query on the build database."""
        return query(self.build_database, sql, parameters)
