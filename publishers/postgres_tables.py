"""Readers' tables as PostgreSQL has them: types, keys, indexes, comments, and rows as COPY takes them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import duckdb

from publishers.tables import ReadersTable, literal, quoted
from warehouse.errors import DatabaseError, Problem

_TYPES = {
    "BOOLEAN": "boolean", "TINYINT": "smallint", "UTINYINT": "smallint", "SMALLINT": "smallint",
    "USMALLINT": "integer", "INTEGER": "integer", "UINTEGER": "bigint", "BIGINT": "bigint",
    "UBIGINT": "numeric(20,0)", "HUGEINT": "numeric(39,0)", "FLOAT": "real", "DOUBLE": "double precision",
    "VARCHAR": "text", "DATE": "date", "TIMESTAMP": "timestamp without time zone",
    "TIMESTAMP WITH TIME ZONE": "timestamp with time zone",
}  # fmt: skip
"""DuckDB's name of a type → PostgreSQL's, as its catalog writes it."""
_DECIMAL = re.compile(r"DECIMAL\((\d+),(\d+)\)")
_FILTERED = ("month", "measure_code", "county_code", "report_id")
"""Columns that dashboards filter by, or look a printed line up by."""
_ROWS_AT_ONCE = 20_000

_COLUMNS = """
select schema_name, table_name, column_name, data_type, not is_nullable, comment
from duckdb_columns()
where database_name = current_database()
order by schema_name, table_name, column_index
"""
_KEYS = """
select schema_name, table_name, constraint_column_names
from duckdb_constraints()
where database_name = current_database() and constraint_type = 'PRIMARY KEY'
"""
_COMMENTS = "select schema_name, table_name, comment from duckdb_tables() where database_name = current_database()"


@dataclass(frozen=True, slots=True)
class Column:
    """A column with its type in PostgreSQL's words."""

    name: str
    type: str
    is_required: bool


@dataclass(frozen=True, slots=True)
class Form:
    """What a table must be like for rows to be put into it as it is."""

    columns: tuple[Column, ...]
    key: tuple[str, ...]
    indexes: frozenset[tuple[str, ...]]

    def takes_rows_of(self, wanted: Form) -> bool:
        """Return whether the table can stay; an index that somebody added does not matter."""
        return (self.columns, self.key) == (wanted.columns, wanted.key) and self.indexes >= wanted.indexes


@dataclass(frozen=True, slots=True)
class ServerTable:
    """A readers' table: its form, and its comment and those of its columns by name."""

    schema: str
    name: str
    form: Form
    comment: str | None
    column_comments: tuple[tuple[str, str | None], ...]
    rows_query: str

    @property
    def place(self) -> tuple[str, str]:
        """Schema and name."""
        return self.schema, self.name

    def quoted_in(self, schema: str) -> str:
        """Return the table's name as SQL, as it is called in a schema."""
        return f"{quoted(schema)}.{quoted(self.name)}"

    def definition(self, schema: str) -> Iterator[str]:
        """Yield the statements that make the table, without rows, in a schema."""
        parts = [
            f"{quoted(column.name)} {column.type}{' not null' if column.is_required else ''}"
            for column in self.form.columns
        ]
        if self.form.key:
            parts.append(f"primary key ({', '.join(map(quoted, self.form.key))})")
        yield f"create table {self.quoted_in(schema)} ({', '.join(parts)})"
        for index in sorted(self.form.indexes):
            yield f"create index on {self.quoted_in(schema)} ({', '.join(map(quoted, index))})"

    def comments(self, schema: str) -> Iterator[str]:
        """Yield the statements that set all comments, and remove those that are gone."""
        yield f"comment on table {self.quoted_in(schema)} is {_literal_or_null(self.comment)}"
        for column, comment in self.column_comments:
            yield f"comment on column {self.quoted_in(schema)}.{quoted(column)} is {_literal_or_null(comment)}"

    def copying(self, schema: str) -> str:
        """Return the statement that takes what `copied_rows` yields."""
        columns = ", ".join(quoted(column.name) for column in self.form.columns)
        return f"copy {self.quoted_in(schema)} ({columns}) from stdin"

    def copied_rows(self, build: duckdb.DuckDBPyConnection) -> Iterator[tuple[int, str]]:
        """Yield how many rows come, and the rows in the text form of COPY. Raises duckdb.Error."""
        build.execute(self.rows_query)
        while rows := build.fetchmany(_ROWS_AT_ONCE):
            yield len(rows), "".join([row for (row,) in rows])


def server_tables(build: duckdb.DuckDBPyConnection, tables: Sequence[ReadersTable]) -> list[ServerTable]:
    """Return the readers' tables of a build as PostgreSQL is to have them.

    Raises duckdb.Error, or DatabaseError for a type that PostgreSQL has nothing for.
    """
    released = {(table.schema, table.name) for table in tables}
    columns: dict[tuple[str, str], list[tuple[Column, str, str | None]]] = {}
    for schema, table, name, data_type, is_required, comment in build.execute(_COLUMNS).fetchall():
        if (schema, table) not in released:
            continue
        column = Column(name, _type(data_type, f"{schema}.{table}.{name}"), is_required)
        columns.setdefault((schema, table), []).append((column, data_type, comment))
    keys = {(schema, table): tuple(key) for schema, table, key in build.execute(_KEYS).fetchall()}
    comments = {(schema, table): comment for schema, table, comment in build.execute(_COMMENTS).fetchall()}
    return [
        _server_table(table, columns[place], keys.get(place, ()), comments[place])
        for table in tables
        for place in [(table.schema, table.name)]
    ]


def _server_table(
    table: ReadersTable,
    columns: Sequence[tuple[Column, str, str | None]],
    key: tuple[str, ...],
    comment: str | None,
) -> ServerTable:
    names = {column.name for column, _, _ in columns}
    indexes = frozenset((name,) for name in _FILTERED if name in names and key[:1] != (name,))
    cells = [_cell(quoted(column.name), data_type) for column, data_type, _ in columns]
    row = " || chr(9) || ".join(f"coalesce({cell}, '\\N')" for cell in cells)
    return ServerTable(
        table.schema,
        table.name,
        Form(tuple(column for column, _, _ in columns), key, indexes),
        comment,
        tuple((column.name, comment) for column, _, comment in columns),
        f"select {row} || chr(10) from {table.quoted_name}",  # noqa: S608 - own names
    )


def _type(data_type: str, place: str) -> str:
    if data_type.endswith("[]"):
        return _type(data_type.removesuffix("[]"), place) + "[]"
    if decimal := _DECIMAL.fullmatch(data_type):
        return f"numeric({decimal[1]},{decimal[2]})"
    if data_type not in _TYPES:
        problem = Problem(f"the type {data_type}", "a type that PostgreSQL has too", "cast the column in its model")
        raise DatabaseError(place, problem)
    return _TYPES[data_type]


def _cell(value: str, data_type: str) -> str:
    """Return the SQL for a value in the text form of COPY, null where it is null."""
    if data_type.endswith("[]"):
        element = data_type.removesuffix("[]")
        text = "each_one::varchar"
        if element == "VARCHAR":
            text = f"""'"' || {_escaped("each_one", {chr(92): chr(92) * 2, '"': chr(92) + '"'})} || '"'"""
        items = f"list_transform({value}, lambda each_one: coalesce({text}, 'NULL'))"
        value = f"'{{' || coalesce(array_to_string({items}, ','), '') || '}}'"
        value = f"case when {items} is not null then {value} end"
    elif data_type != "VARCHAR":
        return f"{value}::varchar"
    return _escaped(value, {"\\": "\\\\", "\t": "\\t", "\n": "\\n", "\r": "\\r"})


def _escaped(value: str, replacements: dict[str, str]) -> str:
    for old, new in replacements.items():
        plain = literal(old) if old.isprintable() else f"chr({ord(old)})"
        value = f"replace({value}, {plain}, {literal(new)})"
    return value


def _literal_or_null(text: str | None) -> str:
    return "null" if text is None else literal(text)
