"""Warehouses of many editions, in folders of their own."""

from __future__ import annotations

import shutil
import sys
from dataclasses import dataclass
from pathlib import Path

import duckdb

from benchmarks.building import DBT, PROJECT, warehouse_environment
from benchmarks.timing import Usage, run
from tests.editions import Edition


@dataclass(frozen=True, slots=True)
class Warehouse:
    """A warehouse in a folder of its own, which can be put back to what it was."""

    folder: Path

    @property
    def environment(self) -> dict[str, str]:
        """What has the project's commands work on this warehouse."""
        return warehouse_environment(self.folder / "build" / "tiltak.duckdb", self.folder)

    @property
    def readers_database(self) -> Path:
        """The published file."""
        return self.folder / "readers" / "tiltak.duckdb"

    def load(self, path: Path) -> None:
        """Load a report, or all of a folder."""
        run([sys.executable, "-m", "loaders", path], PROJECT, **self.environment)

    def build(self) -> Usage:
        """Run `dbt build`."""
        return run([DBT, "build"], PROJECT, **self.environment)

    def publish(self) -> Usage:
        """Write the published file, or add to it what it lacks."""
        self.readers_database.parent.mkdir(exist_ok=True)
        return run(
            [sys.executable, "-m", "publishers", "database", "--to", self.readers_database],
            PROJECT,
            **self.environment,
        )

    def cell_count(self) -> int:
        """Return how many cells are loaded."""
        with duckdb.connect(self.environment["TILTAK_DATABASE"], read_only=True) as connection:
            [(cells,)] = connection.execute("select count(*) from raw.cells").fetchall()
        return int(cells)

    def keep(self) -> None:
        """Keep the build and the published file as they are now."""
        for name in ("build", "readers"):
            shutil.copytree(self.folder / name, self.folder / f"kept_{name}")

    def put_back(self) -> None:
        """Put both back to what was kept."""
        for name in ("build", "readers"):
            shutil.rmtree(self.folder / name)
            shutil.copytree(self.folder / f"kept_{name}", self.folder / name)


def loaded(folder: Path, editions: list[Edition]) -> Warehouse:
    """Return a new warehouse with these editions loaded."""
    inbox = folder / "inbox"
    inbox.mkdir(parents=True)
    for edition in editions:
        edition.write(inbox)
    warehouse = Warehouse(folder)
    warehouse.load(inbox)
    return warehouse
