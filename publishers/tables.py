"""Which tables of a build readers may open, and how they are made in the file that readers open."""

from __future__ import annotations

from dataclasses import dataclass

import duckdb

STATE = "build.built_reports"
"""The reports of a build, each with the state of the project that its figures come from."""

_RELEASED = """
select
    tables.schema_name,
    tables.table_name,
    released.unique_key,
    tables.sql,
    tables.comment
from build.readers_tables as released
inner join duckdb_tables() as tables
    on released.schema_name = tables.schema_name and released.table_name = tables.table_name
where tables.database_name = current_database()
order by all
"""

_COLUMN_COMMENTS = """
select
    schema_name,
    table_name,
    column_name,
    comment
from duckdb_columns()
where database_name = current_database() and comment is not null
order by schema_name, table_name, column_index
"""


@dataclass(frozen=True, slots=True)
class ReadersTable:
    """A table that readers find. `key` is report_id or month where its rows are of one report or month each."""

    schema: str
    name: str
    key: str | None
    definition: str
    comments: tuple[str, ...]

    @property
    def quoted_name(self) -> str:
        """Schema and name as SQL."""
        return f"{quoted(self.schema)}.{quoted(self.name)}"


def readers_tables(build: duckdb.DuckDBPyConnection) -> list[ReadersTable]:
    """Return the tables of a build that its project releases to readers, sorted by schema and name.

    The run hooks keep the list: it has what the project marks `readers: true` and builds today. A table that
    nobody released, or that a model of another name left behind, is not in it. Raises duckdb.Error where there
    is no list.
    """
    comments: dict[tuple[str, str], list[str]] = {}
    for schema, table, column, comment in build.execute(_COLUMN_COMMENTS).fetchall():
        place = f"{quoted(schema)}.{quoted(table)}.{quoted(column)}"
        comments.setdefault((schema, table), []).append(f"comment on column {place} is {literal(comment)}")
    tables = []
    for schema, name, key, definition, comment in build.execute(_RELEASED).fetchall():
        own = [f"comment on table {quoted(schema)}.{quoted(name)} is {literal(comment)}"] if comment else []
        tables.append(ReadersTable(schema, name, key, definition, (*own, *comments.get((schema, name), []))))
    return tables


def rows_fingerprint(connection: duckdb.DuckDBPyConnection, table: ReadersTable) -> tuple[object, ...] | None:
    """Return what tells two sets of rows apart, whatever their order."""
    return connection.execute(
        "select count(*), sum(hash(each_row)::hugeint), bit_xor(hash(each_row)) "  # noqa: S608 - own names
        f"from {table.quoted_name} as each_row"
    ).fetchone()


def quoted(identifier: str) -> str:
    """Return an identifier as SQL."""
    return '"' + identifier.replace('"', '""') + '"'


def literal(text: str) -> str:
    """Return a text as SQL."""
    return "'" + text.replace("'", "''") + "'"
