"""The sample as a scan would land it: each figure with what was read of it, and some on which no two readings agree."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import duckdb

from tests.sample import SAMPLE
from tests.warehouse.warehouse import Warehouse

Place = tuple[int, int]
"""Line and column, as in `raw.cells`."""

_AS_READ_TWICE = """
update raw.cells set
    reading_state = 'read_twice',
    readings = list_value(replace(value_text, ' ', ''), replace(value_text, ' ', ''), replace(value_text, ' ', '')),
    page_number = 2,
    line_on_page = line_number
"""


def scanned(folder: Path, illegible: Mapping[Place, tuple[str, ...]]) -> Warehouse:
    """Return a warehouse with the sample as a scan, not built yet; `illegible` has what was read in some places."""
    warehouse = Warehouse(folder)
    outcome = warehouse.load(SAMPLE)
    assert outcome.returncode == 0, outcome.stderr
    with duckdb.connect(warehouse.build_database) as build:
        build.execute("update raw.reports set file_format = 'scan'")
        build.execute(_AS_READ_TWICE)
        for (line, column), readings in illegible.items():
            build.execute(
                "update raw.cells set value_text = '?', reading_state = 'read_once', readings = ? "
                "where line_number = ? and column_number = ?",
                [list(readings), line, column],
            )
    return warehouse
