"""The page of questions: each with the SQL that answers it and the answer, as docs/how-to/ask.md shows them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

import duckdb

from tests.sample import PROJECT

PAGE = PROJECT / "docs" / "how-to" / "ask.md"
_QUESTION = re.compile(r"^## (\d+)\. (.+?)\n(.*?)(?=^## |\Z)", re.MULTILINE | re.DOTALL)
_SQL = re.compile(r"```sql\n(.*?)```\n+((?:\|[^\n]*\n)*)", re.DOTALL)


class Question(NamedTuple):
    """A question of the page, with the SQL that answers it and the table shown; both empty where there is no answer."""

    number: int
    text: str
    sql: str
    table: str


def questions() -> Iterator[Question]:
    """Yield the questions of the page in their order."""
    for number, text, body in _QUESTION.findall(PAGE.read_text(encoding="utf-8")):
        answer = _SQL.search(body)
        sql, table = answer.groups() if answer else ("", "")
        yield Question(int(number), text, sql, table)


def as_table(relation: duckdb.DuckDBPyRelation) -> str:
    """Return rows as a table of Markdown; null is an empty cell."""
    rows = [relation.columns, ["---"] * len(relation.columns), *relation.fetchall()]
    return "".join(f"| {' | '.join(map(_as_cell, row))} |\n" for row in rows)


def _as_cell(value: object) -> str:
    text = "" if value is None else str(value).replace("*", r"\*")
    return f"<{text}>" if text.startswith("https://") else text
