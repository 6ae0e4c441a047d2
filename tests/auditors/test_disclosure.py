"""What rules leave of stars, from rows like those of the model `disclosure_rules`."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import duckdb
import pytest

from auditors.disclosure import NarrowedStar, narrowed_stars

Rules = dict[tuple[str, int], tuple[int, int, dict[int, int]]]
"""By report and rule: the limits of its sum, and the coefficient of each star, which stand in line 1 by column."""


@pytest.fixture
def session() -> Iterator[duckdb.DuckDBPyConnection]:
    with duckdb.connect() as connection:
        connection.execute(
            "create table rules (report_id varchar, rule_number bigint, rest_lower integer, rest_upper integer, "
            "suppressed_cells struct(line_number integer, column_number integer, coefficient integer, "
            "value_lower integer, value_upper integer)[])"
        )
        yield connection


def found(session: duckdb.DuckDBPyConnection, rules: Rules, *, show_values: bool) -> list[tuple[Any, ...]]:
    """Return what the rules leave of the stars, each of which is 0 to 3 by itself."""
    for (report_id, number), (lower, upper, coefficients) in rules.items():
        stars = ", ".join(f"row(1, {column}, {factor}, 0, 3)" for column, factor in coefficients.items())
        session.execute(f"insert into rules values (?, ?, ?, ?, [{stars}])", [report_id, number, lower, upper])  # noqa: S608
    stars_left = narrowed_stars(session, session.table("rules"), show_values=show_values)
    assert stars_left.columns == list(NarrowedStar._fields)
    return stars_left.fetchall()


def test_each_report_is_judged_by_its_own_rules(session: duckdb.DuckDBPyConnection) -> None:
    """Rule numbers have gaps; reports that print the same places have nothing to do with each other."""
    rules: Rules = {
        ("exposed", 2): (5, 5, {2: 1, 3: 1}),
        ("exposed", 7): (0, 0, {4: 1}),
        ("wrong", 2): (7, 7, {2: 1, 3: 1}),
        ("free", 2): (0, 6, {2: 1, 3: 1}),
    }
    assert found(session, rules, show_values=True) == [
        ("exposed", 1, 2, False, 2, 2, 3, [2]),
        ("exposed", 1, 3, False, 2, 2, 3, [2]),
        ("exposed", 1, 4, False, 1, 0, 0, [7]),
        ("free", 1, 2, False, 4, 0, 3, []),
        ("free", 1, 3, False, 4, 0, 3, []),
        ("wrong", 1, 2, True, None, None, None, []),
        ("wrong", 1, 3, True, None, None, None, []),
    ]


def test_values_are_left_out_unless_asked_for(session: duckdb.DuckDBPyConnection) -> None:
    rules: Rules = {("exposed", 1): (6, 6, {2: 1, 3: 1})}
    assert found(session, rules, show_values=False) == [
        ("exposed", 1, column, False, 1, None, None, [1]) for column in (2, 3)
    ]


def test_no_rule_is_no_star(session: duckdb.DuckDBPyConnection) -> None:
    assert found(session, {}, show_values=True) == []
