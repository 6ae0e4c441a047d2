"""Rows of a model written in Python keep their types, also where there are none."""

from __future__ import annotations

import duckdb
import pytest

from reasoning.relations import relation_of

TYPES = {"key": "ubigint", "name": "varchar", "lines": "integer[]", "value": "bigint"}


@pytest.mark.parametrize("rows", [[], [(2**64 - 1, "a", [1, 2], None), (0, "b", [], -3)], [(1, None, None, None)]])
def test_rows_come_back_with_their_types(rows: list[tuple[object, ...]]) -> None:
    with duckdb.connect() as session:
        relation = relation_of(session, rows, TYPES)
        assert [str(kind) for kind in relation.types] == ["UBIGINT", "VARCHAR", "INTEGER[]", "BIGINT"]
        assert relation.columns == list(TYPES)
        assert relation.fetchall() == rows
