"""What a hundred years of editions cost to build, and one more edition after them."""

from __future__ import annotations

import shutil
import statistics
import sys
from dataclasses import dataclass
from pathlib import Path

import duckdb

from benchmarks.building import DBT, PROJECT, one_model_project, warehouse_environment
from benchmarks.loading import EDITIONS
from benchmarks.timing import Comparison, Usage, compare, run
from tests.editions import Edition, history

_FIRST_YEAR, _FIRST_MONTH = 1950, 7
_ROUNDS = 5


@dataclass(frozen=True, slots=True)
class Growth:
    """What the full build used, and one more edition into many against one more into one."""

    cells: int
    full_build: Usage
    one_model_seconds: float
    one_more: Comparison

    def __str__(self) -> str:
        """Two lines."""
        build = self.full_build
        return (
            f"full dbt build of {EDITIONS:,} editions, {self.cells:,} cells: {build.seconds:.1f} s, "
            f"{build.seconds / self.cells * 1e6:.1f} s per million cells, "
            f"{build.seconds / self.one_model_seconds:.1f} × its floor, "
            f"peak memory {build.peak_bytes / 1e9:.2f} GB\n{self.one_more}"
        )


@dataclass(frozen=True, slots=True)
class _Warehouse:
    """A warehouse in a folder of its own, which can be put back to what it was."""

    folder: Path

    @property
    def environment(self) -> dict[str, str]:
        return warehouse_environment(self.folder / "build" / "tiltak.duckdb", self.folder)

    @property
    def readers_database(self) -> Path:
        return self.folder / "readers" / "tiltak.duckdb"

    def load(self, path: Path) -> None:
        run([sys.executable, "-m", "loaders", path], PROJECT, **self.environment)

    def build(self) -> Usage:
        return run([DBT, "build"], PROJECT, **self.environment)

    def publish(self) -> None:
        self.readers_database.parent.mkdir(exist_ok=True)
        run(
            [sys.executable, "-m", "publishers", "database", "--to", self.readers_database],
            PROJECT,
            **self.environment,
        )

    def keep(self) -> None:
        for name in ("build", "readers"):
            shutil.copytree(self.folder / name, self.folder / f"kept_{name}")

    def put_back(self) -> None:
        for name in ("build", "readers"):
            shutil.rmtree(self.folder / name)
            shutil.copytree(self.folder / f"kept_{name}", self.folder / name)


def grow(folder: Path) -> Growth:
    """Build 1,200 generated editions and publish them; then load, build and publish one more, there and after one."""
    *earlier, newest = history(_FIRST_YEAR, _FIRST_MONTH, EDITIONS + 1)
    one_more = newest.write(folder)
    many, cells, full_build = _started(folder / "many", earlier)
    one, _, _ = _started(folder / "one", earlier[-1:])
    one_model = one_model_project(folder / "one_model_beside_many")
    floors = [run([DBT, "build"], one_model).seconds for _ in range(3)]

    def put_back() -> None:
        many.put_back()
        one.put_back()

    comparison = compare(
        f"load, dbt build and publish of one more edition into {EDITIONS:,}",
        lambda: _add(many, one_more),
        lambda: _add(one, one_more),
        _ROUNDS,
        before_each=put_back,
    )
    return Growth(cells, full_build, statistics.median(floors), comparison)


def _started(folder: Path, editions: list[Edition]) -> tuple[_Warehouse, int, Usage]:
    """Return a warehouse with editions loaded, built and published, their cells, and what the build used."""
    inbox = folder / "inbox"
    inbox.mkdir(parents=True)
    for edition in editions:
        edition.write(inbox)
    warehouse = _Warehouse(folder)
    warehouse.load(inbox)
    usage = warehouse.build()
    warehouse.publish()
    warehouse.keep()
    with duckdb.connect(warehouse.environment["TILTAK_DATABASE"], read_only=True) as connection:
        (cells,) = connection.execute("select count(*) from raw.cells").fetchall()[0]
    return warehouse, cells, usage


def _add(warehouse: _Warehouse, edition: Path) -> None:
    warehouse.load(edition)
    warehouse.build()
    warehouse.publish()
