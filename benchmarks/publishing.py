"""What three hundred years of editions, all that periods may name, cost to publish."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from benchmarks.loading import EDITIONS
from benchmarks.timing import Usage
from benchmarks.warehouses import loaded
from tests.editions import history

_TIMES = 3
_FIRST_YEAR, _FIRST_MONTH = 1900, 1


@dataclass(frozen=True, slots=True)
class Publication:
    """What the publisher used for so many cells."""

    cells: int
    published_bytes: int
    usage: Usage

    def __str__(self) -> str:
        """One line."""
        return (
            f"publishing {EDITIONS * _TIMES:,} editions, {self.cells:,} cells: {self.usage.seconds:.1f} s, "
            f"peak memory {self.usage.peak_bytes / 1e9:.2f} GB, a file of {self.published_bytes / 1e9:.2f} GB"
        )


def publish_many(folder: Path) -> Publication:
    """Load and build 3,600 generated editions, and publish them all at once."""
    warehouse = loaded(folder / "published", history(_FIRST_YEAR, _FIRST_MONTH, EDITIONS * _TIMES))
    warehouse.build()
    usage = warehouse.publish()
    return Publication(warehouse.cell_count(), warehouse.readers_database.stat().st_size, usage)
