"""The readers' tables with what files say of them: types, keys, checks and descriptions, as the build has them."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

import duckdb

from publishers.tables import quoted, readers_tables
from warehouse.errors import DatabaseError, Problem

_SCHEMA = "main"
"""Schema of the tables that a person opens first."""
FIGURE = "participants"
"""Column that holds the number of people, null where the figure is suppressed."""

_COLUMNS = """
select table_name, column_name, data_type, not is_nullable, coalesce(comment, '')
from duckdb_columns()
where database_name = current_database() and schema_name = 'main'
order by table_name, column_index
"""
_CONSTRAINTS = """
select table_name, constraint_type, constraint_column_names, expression
from duckdb_constraints()
where database_name = current_database() and schema_name = 'main' and constraint_type in ('PRIMARY KEY', 'CHECK')
order by table_name, constraint_index
"""
_COMMENTS = """
select table_name, coalesce(comment, '')
from duckdb_tables()
where database_name = current_database() and schema_name = 'main'
"""


class Kind(Enum):
    """What the values of a column are, whatever a format calls it."""

    TEXT = "text"
    INTEGER = "integer"
    NUMBER = "number"
    BOOLEAN = "boolean"
    DATE = "date"
    TIME = "time"
    """A date and a time of day, in UTC."""


_KINDS = {
    "VARCHAR": Kind.TEXT, "BOOLEAN": Kind.BOOLEAN, "DATE": Kind.DATE, "TIMESTAMP": Kind.TIME,
    "TINYINT": Kind.INTEGER, "SMALLINT": Kind.INTEGER, "INTEGER": Kind.INTEGER, "BIGINT": Kind.INTEGER,
    "FLOAT": Kind.NUMBER, "DOUBLE": Kind.NUMBER,
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a readers' table."""

    name: str
    kind: Kind
    is_required: bool
    comment: str

    @property
    def quoted_name(self) -> str:
        """The name as SQL."""
        return quoted(self.name)


@dataclass(frozen=True, slots=True)
class Table:
    """A readers' table."""

    name: str
    comment: str
    columns: tuple[Column, ...]
    key: tuple[str, ...]
    checks: tuple[str, ...]
    """Conditions, as SQL, that every row meets."""
    row_count: int

    @property
    def quoted_name(self) -> str:
        """Schema and name as SQL."""
        return f"{quoted(_SCHEMA)}.{quoted(self.name)}"

    @property
    def column_names(self) -> tuple[str, ...]:
        """The names of the columns, in their order."""
        return tuple(column.name for column in self.columns)

    @property
    def has_figures(self) -> bool:
        """Whether the rows count people by month."""
        return FIGURE in self.column_names and "month" in self.key

    @property
    def is_cube(self) -> bool:
        """Whether the figures are broken down by the same things throughout, so that the key spans a cube."""
        return self.has_figures and "breakdown" not in self.key

    @property
    def dimensions(self) -> tuple[str, ...]:
        """The columns of the key other than the month."""
        return tuple(name for name in self.key if name != "month")

    def sorting(self, column: str) -> tuple[str, ...]:
        """Return the columns by which the values of a column of the key are put into the order of the report."""
        order = f"{column.removesuffix('_code')}_sort_order"
        before = ("family_code",) if column == "measure_code" else ()
        return tuple(name for name in (*before, order) if name in self.column_names)

    @property
    def ordered(self) -> str:
        """The SQL that ends a query on `self.quoted_name as rows` and puts the rows into the order of the report."""
        names = [name for column in self.key for name in (*self.sorting(column), column)]
        by = ", ".join(f"rows.{quoted(name)}" for name in names) or "all"
        return f"from {self.quoted_name} as rows order by {by}"


def file_tables(build: duckdb.DuckDBPyConnection) -> list[Table]:
    """Return the readers' tables of a build, sorted by name.

    Raises duckdb.Error, or DatabaseError for a type that the formats have nothing for.
    """
    names = [table.name for table in readers_tables(build) if table.schema == _SCHEMA]
    columns: dict[str, list[Column]] = {name: [] for name in names}
    for table, name, data_type, is_required, comment in build.execute(_COLUMNS).fetchall():
        if table in columns:
            columns[table].append(Column(name, _kind(data_type, f"{table}.{name}"), is_required, comment))
    keys: dict[str, tuple[str, ...]] = {}
    checks: dict[str, list[str]] = {}
    for table, kind, key, expression in build.execute(_CONSTRAINTS).fetchall():
        if kind == "PRIMARY KEY":
            keys[table] = tuple(key)
        else:
            checks.setdefault(table, []).append(expression)
    comments = dict(build.execute(_COMMENTS).fetchall())
    counts = {name: _row_count(build, name) for name in names}
    return [
        Table(name, comments[name], tuple(columns[name]), keys.get(name, ()), tuple(checks.get(name, ())), counts[name])
        for name in names
    ]


def _kind(data_type: str, place: str) -> Kind:
    if data_type not in _KINDS:
        problem = Problem(f"the type {data_type}", "a type that all formats have", "cast the column in its model")
        raise DatabaseError(place, problem)
    return _KINDS[data_type]


def _row_count(build: duckdb.DuckDBPyConnection, name: str) -> int:
    [(count,)] = build.execute(f"select count(*) from {quoted(_SCHEMA)}.{quoted(name)}").fetchall()  # noqa: S608 - own names
    return int(count)
