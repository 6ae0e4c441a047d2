"""What a dashboard waits for: its questions put to the readers' tables of a hundred years of editions."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import duckdb

from benchmarks.loading import EDITIONS
from benchmarks.timing import Comparison, compare
from benchmarks.warehouses import Warehouse, loaded
from tests.editions import history

_FIRST_YEAR, _FIRST_MONTH = 1950, 7
_ROUNDS = 15

_QUESTIONS = {
    "participants": (
        "select month, measure_name, sum(participants) from {table} group by all order by all",
        "select sum(participants) from {table} where is_latest_month",
    ),
    "participants_by_county": (
        "select county_name, sum(participants_lower), sum(participants_upper) from {table}"
        " where is_latest_month group by all order by all",
        "select month, county_name, sum(participants) from {table} where measure_code = 'mentor'"
        " group by all order by all",
    ),
    "participants_by_gender": (
        "select month, sum(participants) filter (gender_code = 'female') / sum(participants) from {table}"
        " group by all order by all",
    ),
    "participants_by_age_group": (
        "select age_group_name, sum(participants_lower) from {table}"
        " where month = (select max(month) from {table}) group by all order by all",
    ),
}
"""Readers' table → what charts of the dashboard ask of it."""


@dataclass(frozen=True, slots=True)
class Answers:
    """A question each round, of all tables, against the same of bare tables."""

    rows: int
    asked: Comparison

    def __str__(self) -> str:
        """One line."""
        return f"{self.asked}, {self.rows:,} rows"


def ask(folder: Path) -> Answers:
    """Put a dashboard's questions to published tables, against tables of the same rows that nobody described.

    Raises RuntimeError if the answers are not the same.
    """
    warehouse = _published(folder / "many")
    bare = folder / "bare.duckdb"
    rows = _copy(warehouse.readers_database, bare)
    with (
        duckdb.connect(str(warehouse.readers_database), read_only=True) as readers,
        duckdb.connect(str(bare), read_only=True) as bare_tables,
    ):
        if _answers(readers) != _answers(bare_tables):
            message = "the readers' tables and their copies give different answers"
            raise RuntimeError(message)
        asked = compare(
            f"questions of a dashboard on {EDITIONS:,} editions",
            lambda: _answers(readers),
            lambda: _answers(bare_tables),
            _ROUNDS,
        )
    return Answers(rows, asked)


def _published(folder: Path) -> Warehouse:
    """Return the warehouse that another benchmark of the same run left there, or a new one."""
    if folder.exists():
        return Warehouse(folder)
    warehouse = loaded(folder, history(_FIRST_YEAR, _FIRST_MONTH, EDITIONS))
    warehouse.build()
    warehouse.publish()
    return warehouse


def _copy(readers: Path, bare: Path) -> int:
    """Copy the tables to a new file with DuckDB's own settings and return how many rows they have."""
    with duckdb.connect(str(bare)) as connection:
        connection.execute(f"attach '{readers}' as readers (read_only)")
        for table in _QUESTIONS:
            connection.execute(f"create table {table} as from readers.main.{table}")
        counts = [connection.execute(f"select count(*) from {table}").fetchall()[0][0] for table in _QUESTIONS]  # noqa: S608 - own names
    return sum(counts)


def _answers(connection: duckdb.DuckDBPyConnection) -> list[list[tuple[object, ...]]]:
    return [
        connection.execute(question.format(table=table)).fetchall()
        for table, questions in _QUESTIONS.items()
        for question in questions
    ]
