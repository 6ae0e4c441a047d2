"""What readers find on the server is what the build holds: rows, types, keys, comments."""

from __future__ import annotations

import math
from collections import Counter
from pathlib import Path

import duckdb
import pytest
from psycopg import errors

from publishers.commands import main
from tests.database_files import query
from tests.postgres.publishing import make_build, make_state, publish_unasked
from tests.postgres.server import Server
from tests.warehouse.warehouse import Warehouse

_TYPES = {
    "VARCHAR": "text", "INTEGER": "integer", "BIGINT": "bigint", "BOOLEAN": "boolean", "DATE": "date",
    "FLOAT": "real", "TIMESTAMP": "timestamp without time zone", "VARCHAR[]": "text[]", "INTEGER[]": "integer[]",
}  # fmt: skip
_COLUMNS = """
select nspname, relname, attname, format_type(atttypid, atttypmod), attnotnull, col_description(attrelid, attnum)
from pg_attribute
inner join pg_class as class on attrelid = class.oid
inner join pg_namespace as namespace on relnamespace = namespace.oid
where relkind = 'r' and attnum > 0 and nspname not in ('pg_catalog', 'information_schema')
order by nspname, relname, attnum
"""
_KEYS = """
select nspname, relname, array_agg(attname::text order by array_position(conkey, attnum))
from pg_constraint
inner join pg_class as class on conrelid = class.oid
inner join pg_namespace as namespace on relnamespace = namespace.oid
inner join pg_attribute on attrelid = conrelid and attnum = any (conkey)
where contype = 'p' and nspname <> 'pg_catalog'
group by 1, 2
"""
_ODD_TEXTS = [
    "",
    "\\N",
    "\\.",
    "NULL",
    "tab\there",
    "line\nbreak\r\n",
    'back\\slash "quoted"',
    "{a,b}",
    "5 283 – Sør-Trøndelag",
]


def test_a_build_is_read_back_row_for_row_with_types_keys_and_comments(
    server: Server, database: str, built: Warehouse, capsys: pytest.CaptureFixture[str]
) -> None:
    file = built.build_database
    assert main(["postgres", server.dsn(database, "publisher"), "--from", str(file), "--reader", "reader"]) == 0
    released = query(file, "select schema_name, table_name from build.readers_tables order by all")
    assert f"published {len(released)} tables with" in capsys.readouterr().out
    assert len(released) > 40
    for schema, table in released:
        found = server.ask(database, f'table "{schema}"."{table}"', user="reader")
        assert Counter(map(repr, found)) == Counter(map(repr, query(file, f'from "{schema}"."{table}"'))), table
    released_only = "where (schema_name, table_name) in (select (schema_name, table_name) from build.readers_tables)"
    columns = query(
        file,
        "select schema_name, table_name, column_name, data_type, not is_nullable, comment from duckdb_columns() "  # noqa: S608
        f"{released_only} order by schema_name, table_name, column_index",
    )
    expected = [(*place, _TYPES[kind], needed, comment) for *place, kind, needed, comment in columns]
    assert sorted(server.ask(database, _COLUMNS)) == sorted(expected)
    keys = query(
        file,
        "select schema_name, table_name, constraint_column_names from duckdb_constraints() "  # noqa: S608
        f"{released_only} and constraint_type = 'PRIMARY KEY'",
    )
    assert len(keys) > 20
    assert sorted(server.ask(database, _KEYS)) == sorted(keys)
    [(comment,)] = query(file, "select comment from duckdb_tables() where table_name = 'fct_participants'")
    assert server.ask(database, "select obj_description('marts.fct_participants'::regclass)") == [(comment,)]
    [(plan,)] = server.ask(
        database, "select indexdef from pg_indexes where tablename = 'cells' and indexdef ~ 'report_id'"
    )[:1]
    assert "report_id" in plan


def test_every_type_and_odd_text_comes_through(server: Server, database: str, tmp_path: Path) -> None:
    file = make_build(
        tmp_path / "odd.duckdb",
        """create table main.odd (
            text_value varchar, texts varchar[], numbers integer[], small tinyint, huge hugeint, exact decimal(9, 3),
            real_value double, moment timestamp, is_so boolean, day date
        )""",
    )
    rows: list[tuple[object, ...]] = [
        (
            text,
            _ODD_TEXTS,
            [1, None, -3],
            -128,
            2**126,
            1.125,
            math.inf,
            "2024-04-01 12:30:00.000001",
            True,
            "2024-02-29",
        )
        for text in _ODD_TEXTS
    ]
    rows += [
        (None,) * 10,
        ("empty", [], [], 0, 0, 0, 0.1, "2024-04-01", False, "2024-04-01"),
        ("x", [None], [None], *[None] * 7),
    ]
    with duckdb.connect(file) as build:
        build.executemany("insert into main.odd values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", rows)
        expected = build.execute("from main.odd").fetchall()
    assert publish_unasked(file, server.dsn(database)) == len(rows) + 2
    found = server.ask(database, "select * from main.odd")
    assert [tuple(map(str, row)) for row in found] == [tuple(map(str, row)) for row in expected]


def test_readers_need_no_schema_and_cannot_write(server: Server, database: str, tmp_path: Path) -> None:
    file = make_state(tmp_path / "tiltak.duckdb", 1)
    publish_unasked(file, server.dsn(database, "publisher"), "reader")
    assert server.ask(database, "select distinct state from participants", user="reader") == [(1,)]
    for statement in ("delete from participants", "create table main.own (x int)", "drop table main.participants"):
        with pytest.raises(errors.InsufficientPrivilege):
            server.ask(database, statement, user="reader")
    # Who could read all tables can read those that come later, without being named again.
    publish_unasked(make_state(file, 2, columns=["more"]), server.dsn(database, "publisher"))
    assert server.ask(database, "select distinct more from participants", user="reader") == [(2,)]
    with duckdb.connect(file) as build:
        build.execute("create table main.later as select 3 as state")
        build.execute("insert into build.readers_tables values ('main', 'later', null)")
    publish_unasked(file, server.dsn(database, "publisher"))
    assert server.ask(database, "select state from later", user="reader") == [(3,)]


def test_a_search_path_that_somebody_chose_is_kept(
    server: Server, database: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = make_state(tmp_path / "tiltak.duckdb", 1)
    server.do(database, f"alter database {database} set search_path = own, public")
    publish_unasked(file, server.dsn(database, "publisher"))
    assert server.ask(database, "show search_path") == [("own, public, main",)]
    server.do(
        database, f"alter database {database} reset search_path", f"alter database {database} owner to postgres",
        f"grant create on database {database} to publisher",
    )  # fmt: skip
    capsys.readouterr()
    publish_unasked(file, server.dsn(database, "publisher"))
    assert f'alter database "{database}" set search_path = "$user", main, public' in capsys.readouterr().err
    assert server.ask(database, "select count(*) > 0 from main.participants") == [(True,)]
