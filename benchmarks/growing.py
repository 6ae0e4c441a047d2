"""What a hundred years of editions cost to build, and one more edition after them."""

from __future__ import annotations

import statistics
from dataclasses import dataclass
from pathlib import Path

from benchmarks.building import DBT, one_model_project
from benchmarks.loading import EDITIONS
from benchmarks.timing import Comparison, Usage, compare, run
from benchmarks.warehouses import Warehouse, loaded
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


def grow(folder: Path) -> Growth:
    """Build 1,200 generated editions and publish them; then load, build and publish one more, there and after one."""
    *earlier, newest = history(_FIRST_YEAR, _FIRST_MONTH, EDITIONS + 1)
    one_more = newest.write(folder)
    many, full_build = _started(folder / "many", earlier)
    one, _ = _started(folder / "one", earlier[-1:])
    one_model = one_model_project(folder / "one_model_beside_many")
    floors = [run([DBT, "build"], one_model).seconds for _ in range(3)]
    cells = many.cell_count()

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


def _started(folder: Path, editions: list[Edition]) -> tuple[Warehouse, Usage]:
    """Return a warehouse with editions loaded, built and published, and what the build used."""
    warehouse = loaded(folder, editions)
    usage = warehouse.build()
    warehouse.publish()
    warehouse.keep()
    return warehouse, usage


def _add(warehouse: Warehouse, edition: Path) -> None:
    warehouse.load(edition)
    warehouse.build()
    warehouse.publish()
