"""What a database file holds: rows of a query, the rows as loaded, a digest of its bytes."""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import Any

import duckdb


def query(database: Path, sql: str, parameters: list[Any] | None = None) -> list[tuple[Any, ...]]:
    """Return the rows of a query on a database file."""
    with duckdb.connect(database, read_only=True) as connection:
        return connection.execute(sql, parameters).fetchall()


def all_rows(database: Path) -> list[list[tuple[Any, ...]]]:
    """Return every row of the schema raw, in the order stored."""
    return [query(database, "from raw.reports"), query(database, "from raw.cells")]


def digest(path: Path) -> str:
    """Return a digest of a file's bytes."""
    return hashlib.sha256(path.read_bytes()).hexdigest()
