"""Build releases as a user does, beside a warehouse of one build."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tests.builders.parity import differences
from tests.builders.reports import ISSUED_TWICE
from tests.warehouse.warehouse import Warehouse


@dataclass(frozen=True, slots=True)
class Releases:
    """A folder with an inbox, the release made of it, and a warehouse for one build of the same."""

    folder: Path

    @property
    def warehouse(self) -> Warehouse:
        """Where one machine builds all reports, by the same project."""
        return Warehouse(self.folder / "one machine")

    @property
    def inbox(self) -> Path:
        """The folder of the reports."""
        return self.folder / "reports"

    @property
    def release(self) -> Path:
        """The release."""
        return self.folder / "release"

    def receive(self, texts: Mapping[str, str]) -> None:
        """Put reports into the inbox."""
        self.inbox.mkdir(parents=True, exist_ok=True)
        for name, text in texts.items():
            (self.inbox / name).write_bytes(text.encode())
        issued = [self.inbox / name for name in ISSUED_TWICE]
        if all(path.exists() for path in issued):
            self.warehouse.number_issues(*issued)

    def build(self, *options: str) -> subprocess.CompletedProcess[str]:
        """`python -m builders` of the inbox."""
        return self.run("builders", self.inbox, "--to", self.release, *options)

    def run(self, module: str, *arguments: str | Path) -> subprocess.CompletedProcess[str]:
        """`python -m MODULE …` in the project of the warehouse."""
        return self.warehouse.run(sys.executable, "-m", module, *arguments)

    def manifest(self) -> dict[str, Any]:
        """Return what the manifest says."""
        manifest: dict[str, Any] = json.loads((self.release / "manifest.json").read_text(encoding="utf-8"))
        return manifest

    def start(self, *options: str) -> subprocess.Popen[str]:
        """`python -m builders` of the inbox, without waiting for it."""
        return subprocess.Popen(
            [sys.executable, "-m", "builders", str(self.inbox), "--to", str(self.release), *options],
            cwd=self.warehouse.project,
            env=self.warehouse.environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )

    def published(self) -> Path:
        """Publish the release as a database file and return it."""
        file = self.folder / "from release" / "tiltak.duckdb"
        file.parent.mkdir(exist_ok=True)
        published = self.run("publishers", "database", "--from", self.release, "--to", file)
        assert published.returncode == 0, published.stderr
        return file

    def differences(self) -> dict[str, int]:
        """Return the unequal rows of the release and the one build, by table."""
        return differences(self.warehouse.readers_database, self.published())

    def build_on_one_machine(self) -> None:
        """Load, build and publish the inbox in one build."""
        loaded = self.warehouse.load(self.inbox)
        assert loaded.returncode == 0, loaded.stderr
        self.warehouse.build()
        published = self.warehouse.publish()
        assert published.returncode == 0, published.stderr
