"""The rows that a model written in Python gives back to dbt."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from duckdb import DuckDBPyConnection, DuckDBPyRelation


def relation_of(
    session: DuckDBPyConnection, rows: Sequence[tuple[Any, ...]], types: Mapping[str, str]
) -> DuckDBPyRelation:
    """Return `rows` as a relation with the columns of `types`, name → DuckDB type, in that order."""
    columns = ", ".join(f"{name}::{kind} as {name}" for name, kind in types.items())
    if not rows:
        nothing = ", ".join(f"null as {name}" for name in types)
        return session.sql(f"select {nothing} where false").project(columns)
    # Imported only here: it takes a third of a second, and most reports have nothing to say.
    import pandas as pd

    return session.from_df(pd.DataFrame(rows, columns=list(types), dtype=object)).project(columns)
