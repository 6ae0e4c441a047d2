# ruff: noqa: S608 - own names
"""What a reader can see of a star is 0 to the threshold less 1, in every published table, and nothing narrower."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator

import duckdb
import pytest

from tests.warehouse.warehouse import Warehouse

THRESHOLD = 4
CHECKS = "audit.reconciliation_checks"
STARS_OF_SAMPLE = 142
"""Months and averages of the sample that are suppressed, copies of totals left out."""


@pytest.fixture(scope="module")
def readers(sample_build: Warehouse, tmp_path_factory: pytest.TempPathFactory) -> Iterator[duckdb.DuckDBPyConnection]:
    built = sample_build.copy(tmp_path_factory.mktemp("stars"))
    assert built.publish().returncode == 0
    with duckdb.connect(str(built.readers_database), read_only=True) as connection:
        yield connection


def intervals(readers: duckdb.DuckDBPyConnection) -> list[tuple[str, str, str]]:
    """Return each published table with the names of the two ends of an interval in it."""
    ends: dict[str, set[str]] = defaultdict(set)
    for table, column in readers.sql(
        "select schema_name || '.' || table_name, column_name from duckdb_columns() "
        "where database_name = current_database()"
    ).fetchall():
        ends[table].add(column)
    return [
        (table, column, re.sub("lower$", "upper", column))
        for table, columns in ends.items()
        for column in sorted(columns)
        if column.endswith("lower")
    ]


def _is_of_people(table: str) -> str:
    """Return a condition that leaves out rules on something else than sums of people."""
    return "rule_code like '%_sum_to_%' or rule_code = 'totals_agree'" if table == CHECKS else "true"


def test_every_interval_is_a_sum_of_stars_from_0_to_the_threshold_less_1(readers: duckdb.DuckDBPyConnection) -> None:
    found = intervals(readers)
    assert len({table for table, _, _ in found}) > 20
    narrower = {
        table: rows
        for table, lower, upper in found
        if (
            rows := readers.sql(
                f"select * from {table} where ({upper} - {lower}) % {THRESHOLD - 1} <> 0 and ({_is_of_people(table)})"
            ).fetchall()
        )
    }
    assert narrower == {}


def test_every_star_is_shown_as_its_interval(readers: duckdb.DuckDBPyConnection) -> None:
    """Every figure that is a star, wherever it is published, as numbers and as text."""
    tables = [table for table, lower, _ in intervals(readers) if lower in ("participants_lower", "value_lower")]
    shown = {}
    for table in tables:
        name = "value" if table == "intermediate.int_observations" else "participants"
        shown[table] = readers.sql(
            f"select distinct {name}_lower, {name}_upper from {table} where {name} is null"
        ).fetchall()
    assert {table: ends for table, ends in shown.items() if ends not in ([(0, THRESHOLD - 1)], [])} == {}
    texts = readers.sql(
        "select distinct participants_text from participants_by_county where status = 'suppressed'"
    ).fetchall()
    assert texts == [("0–3",)]
    stars = readers.sql("select count(*) from intermediate.int_observations where value is null").fetchall()
    assert stars == [(STARS_OF_SAMPLE,)]


def test_no_text_or_comment_says_a_narrower_interval(readers: duckdb.DuckDBPyConnection) -> None:
    columns = readers.sql(
        "select schema_name || '.' || table_name, column_name from duckdb_columns() "
        "where database_name = current_database() and data_type = 'VARCHAR' "
        "and column_name <> 'nus2000_first_digits'"
    ).fetchall()
    texts = {
        text
        for table, column in columns
        for (text,) in readers.sql(f"select distinct {column} from {table} where {column} is not null").fetchall()
    }
    for kind in ("tables", "columns"):
        comments = readers.sql(
            f"select comment from duckdb_{kind}() where database_name = current_database()"
        ).fetchall()
        texts |= {comment for (comment,) in comments if comment}
    found = {interval for text in texts for interval in re.findall(r"(?<![\d–-])[0-3]–[0-3](?![\d–-])", text)}
    assert found == {"0–3"}
