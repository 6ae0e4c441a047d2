"""Small builds made by hand, and publishing them without asking whether they are fit; as a process, too."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path

import duckdb

from publishers.postgres_dsn import Dsn
from publishers.postgres_replacing import replace
from publishers.postgres_server import connected
from publishers.postgres_tables import server_tables
from publishers.tables import readers_tables

_REGISTER = "create table build.readers_tables (schema_name varchar, table_name varchar, unique_key varchar)"


def make_build(file: Path, *statements: str) -> Path:
    """Make a build whose tables, all published, these statements make in the schemas `main` and `marts`."""
    file.unlink(missing_ok=True)
    with duckdb.connect(file) as build:
        for statement in ("create schema build", "create schema marts", _REGISTER, *statements):
            build.execute(statement)
        build.execute("insert into build.readers_tables select schema_name, table_name, null from duckdb_tables()")
    return file


def make_state(file: Path, state: int, *, columns: Sequence[str] = (), row_count: int = 300) -> Path:
    """Make a build whose two tables have the number of one state in every row, and further columns with it."""
    more = "".join(f", {state} as {column}" for column in columns)
    rows = f"select range as month, {state} as state{more} from range({row_count})"  # noqa: S608 - own names
    return make_build(
        file, f"create table main.participants as {rows}", f"create table marts.fct_participants as {rows}"
    )


def publish_unasked(file: Path, dsn: str, *readers: str) -> int:
    """Publish a build as it is, and return how many rows it has."""
    with duckdb.connect(file, read_only=True) as build:
        tables = server_tables(build, readers_tables(build))
        with connected(Dsn.of(dsn)) as server:
            return replace(server, Dsn.of(dsn), build, tables, readers)


if __name__ == "__main__":
    publish_unasked(Path(sys.argv[1]), sys.argv[2])
