"""Parquet and CSV, which DuckDB itself writes."""

from __future__ import annotations

import codecs
import json
import re
import shutil
from pathlib import Path

import duckdb

from publishers.files.provenance import Provenance
from publishers.files.tables import Column, Kind, Table
from publishers.tables import literal, quoted

TIME_FORMAT = "%Y-%m-%dT%H:%M:%S.%f"
"""How CSV writes a time."""
_FORMULA = r"^'*[=+\-@\t\r]"


def harmless(column: Column) -> str:
    """Return the SQL for a column of a table `rows` whose texts no spreadsheet runs as formulas.

    A text that begins with =, +, -, @, a tab or a carriage return gets an apostrophe in front. So does one that has
    apostrophes before such a sign already, so that taking one away gives back the text as it was.
    """
    value = f"rows.{column.quoted_name}"
    if column.kind is not Kind.TEXT:
        return value
    pattern = literal(_FORMULA)
    return f"case when regexp_matches({value}, {pattern}) then '''' || {value} else {value} end as {column.quoted_name}"


def harmless_text(text: str) -> str:
    """Return a text that no spreadsheet runs as a formula, as `harmless` does."""
    return f"'{text}" if re.match(_FORMULA, text) else text


def harmless_rows(table: Table) -> str:
    """Return the query for the rows of a table for a spreadsheet."""
    return f"select {', '.join(map(harmless, table.columns))} {table.ordered}"


def write_parquet(file: Path, build: duckdb.DuckDBPyConnection, table: Table, provenance: Provenance) -> None:
    """Write a table with its descriptions as Parquet. Raises duckdb.Error."""
    described = {
        **provenance.as_texts(),
        "table": table.name,
        "description": table.comment,
        "columns": json.dumps({column.name: column.comment for column in table.columns}, ensure_ascii=False),
    }
    metadata = ", ".join(f"{quoted(name)}: {literal(text)}" for name, text in described.items())
    build.execute(
        f"copy (select rows.* {table.ordered}) to {literal(str(file))} "
        f"(format parquet, compression zstd, kv_metadata {{{metadata}}})"
    )


def write_csv(file: Path, build: duckdb.DuckDBPyConnection, table: Table) -> None:
    """Write a table as CSV, in UTF-8 with a byte order mark, every text in quotes. Raises duckdb.Error or OSError."""
    copy_csv(file, build, harmless_rows(table), [column for column in table.columns if column.kind is Kind.TEXT])
    plain = file.with_name(f"{file.name}.plain")
    file.rename(plain)
    with file.open("wb") as marked, plain.open("rb") as unmarked:
        marked.write(codecs.BOM_UTF8)
        shutil.copyfileobj(unmarked, marked)
    plain.unlink()


def copy_csv(file: Path, build: duckdb.DuckDBPyConnection, query: str, in_quotes: list[Column]) -> None:
    """Write the rows of a query as CSV, the texts of some columns in quotes. Raises duckdb.Error."""
    quotes = f", force_quote ({', '.join(column.quoted_name for column in in_quotes)})" if in_quotes else ""
    build.execute(
        f"copy ({query}) to {literal(str(file))} (format csv, header, timestampformat {literal(TIME_FORMAT)}{quotes})"
    )
