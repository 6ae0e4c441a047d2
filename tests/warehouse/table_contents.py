"""What a warehouse holds, to be compared with what is known or with what it held before."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import duckdb
import pandas as pd

from tests.warehouse.warehouse import Warehouse

FIGURES = ["value", "value_lower", "value_upper", "is_suppressed"]
OBSERVATION = [
    "participant_group_code", "measure_code", "breakdown", "category_code", "period_kind", "month", *FIGURES,
]  # fmt: skip
"""The columns that tell one observation of a report from the others, and its figures."""

Row = tuple[Any, ...]


def rows_of(frame: pd.DataFrame, columns: Sequence[str]) -> set[Row]:
    """Return the rows of a frame as tuples, None where a value is missing."""
    found = frame[list(columns)].astype(object)
    return set(found.where(found.notna(), None).itertuples(index=False, name=None))


def observations_of(warehouse: Warehouse, file_name: str) -> set[Row]:
    """Return the observations of one report, as `rows_of` its truth gives them."""
    rows = warehouse.query(
        f"select {', '.join(OBSERVATION)} from intermediate.int_observations "  # noqa: S608 - own names
        "where report_id = (select report_id from raw.reports where file_name = ?)",
        [file_name],
    )
    assert len(rows) == len(set(rows))
    return set(rows)


def snapshot(warehouse: Warehouse) -> dict[str, list[Row]]:
    """Return the rows of every table that dbt builds, sorted."""
    with duckdb.connect(warehouse.build_database, read_only=True) as connection:
        names = connection.execute(
            "select schema_name || '.' || table_name from duckdb_tables() where schema_name <> 'build'"
        ).fetchall()
        return {name: connection.execute(f"from {name} order by all").fetchall() for (name,) in names}


def assert_same(found: dict[str, list[Row]], expected: dict[str, list[Row]]) -> None:
    assert found.keys() == expected.keys()
    for name, expected_rows in expected.items():
        assert found[name] == expected_rows, name
