"""The ordinary query on the readers' tables gives the right number: what an analyst asks of the sample first."""

from __future__ import annotations

from collections.abc import Iterator

import duckdb
import pytest

from tests.readers.questions_page import PAGE, Question, as_table, questions
from tests.warehouse.warehouse import Warehouse

QUESTIONS = list(questions())
ASKED = {question.number: question for question in QUESTIONS if question.sql}

# As the report prints it; intervals where it prints stars.
ANSWERS: dict[int, list[tuple[object, ...]]] = {
    1: [(19_039,)],
    3: [("Akershus", 18, 24), ("Nordland", 15, 24), ("Troms", 14, 23), ("Trøndelag", 16, 22)],
    6: [("Job club", 49.8)],
    7: [("Ukjent", 28, 28), ("Finnmark", 15, 28), ("Nordland", 6, 28)],
    8: [(40, 40)],
    10: [(31.25, 32.75, 32)],
    11: [("0–3", 14, 212)],
    13: [(0,)],
    15: [(34.6,)],
    16: [
        ("Finnmark", "0–3", "suppressed"),
        ("Ukjent", "0–3", "suppressed"),
        ("Vestfold", "7", "printed"),
        ("Innlandet", "8", "printed"),
    ],
    17: [(19.9, 20.3, 16)],
    22: [("Supported employment", 5_279, 5_279)],
}
PARTS_OF_ANSWERS: dict[int, tuple[object, ...]] = {
    2: ("Individual career support for young people (IPS Ung)", 56.7),
    4: ("Mentor", "Finnmark", -5, -2, "printed", "suppressed"),
    5: ("Others in a measure", "0–3", 467, 470, 469),
    9: ("Mentor", "302"),
    12: ("56 Finnmark - Finnmärku - Finmarkku", "Februar", "*"),
    14: ("Mentor", "Ukjent", None, 4),
}


@pytest.fixture(scope="module")
def readers(sample_build: Warehouse, tmp_path_factory: pytest.TempPathFactory) -> Iterator[duckdb.DuckDBPyConnection]:
    built = sample_build.copy(tmp_path_factory.mktemp("questions"))
    assert built.publish().returncode == 0
    with duckdb.connect(str(built.readers_database), read_only=True) as connection:
        yield connection


def test_the_page_has_all_questions() -> None:
    assert [question.number for question in QUESTIONS] == list(range(1, 25))
    assert [question.number for question in QUESTIONS if not question.sql] == [21]


@pytest.mark.parametrize("question", ASKED.values(), ids=lambda question: str(question.number))
def test_the_answer_shown_is_the_answer(readers: duckdb.DuckDBPyConnection, question: Question) -> None:
    assert as_table(readers.sql(question.sql)) == question.table, f"{PAGE.name}: {question.text}"


@pytest.mark.parametrize("number", ANSWERS)
def test_the_answer_is_right(readers: duckdb.DuckDBPyConnection, number: int) -> None:
    assert readers.sql(ASKED[number].sql).fetchall() == ANSWERS[number]


@pytest.mark.parametrize("number", PARTS_OF_ANSWERS)
def test_the_answer_has_the_row(readers: duckdb.DuckDBPyConnection, number: int) -> None:
    assert PARTS_OF_ANSWERS[number] in readers.sql(ASKED[number].sql).fetchall()


def test_every_breakdown_holds_the_total(readers: duckdb.DuckDBPyConnection) -> None:
    totals = readers.sql(ASKED[19].sql).fetchall()
    assert len(totals) == 4
    assert [breakdown for breakdown, lower, upper in totals if not lower <= 19_039 <= upper] == []


def test_no_table_has_two_breakdowns(readers: duckdb.DuckDBPyConnection) -> None:
    """Women by county are not published, so that no table invites to ask for them."""
    columns: dict[str, set[str]] = {}
    for table, column in readers.sql(
        "select table_name, column_name from duckdb_columns() where schema_name = 'main'"
    ).fetchall():
        columns.setdefault(table, set()).add(column)
    tables = [table for table in columns if table.startswith("participants_by_")]
    codes = {f"{table.removeprefix('participants_by_')}_code" for table in tables}
    assert [table for table, names in columns.items() if len(names & codes) > 1] == []
