"""What keeps a publisher from its work is one clear message, without the password."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from publishers.commands import main
from tests.postgres.publishing import make_state, publish_unasked
from tests.postgres.server import Server
from tests.sample import PROJECT
from tests.warehouse.warehouse import Warehouse
from warehouse.errors import DatabaseError

_PASSWORD = "p%40ss%2Fw%3Ard%25"  # noqa: S105 - of a role that the tests make
_SECRET = "hunter2"  # noqa: S105 - nobody's password
_STATES = "select distinct state from main.participants"


def test_publishing_with_a_password_works_and_does_not_show_it(server: Server, database: str, built: Warehouse) -> None:
    published = _run(built, server.address(database, "publisher", _PASSWORD))
    assert published.returncode == 0, published.stderr
    assert not any(part in published.stdout + published.stderr for part in ("p@ss", "p%40ss", "w:rd"))
    assert f"dbname={database} user=publisher)" in published.stdout


@pytest.mark.parametrize(
    ("dsn", "found"),
    [
        ("postgresql://publisher:hunter2@127.0.0.1:{port}/{database}", "(.*password authentication failed"),
        ("postgresql://publisher:hunter2@127.0.0.1:1/{database}", "no connection (.*Connection refused"),
        ("host={folder} port={port} dbname=nowhere user=postgres password=hunter2", '"nowhere" does not exist'),
        ("service=nowhere password=hunter2", "no connection .*nowhere"),
        ("host={folder} password=ab hunter2", "a text that cannot be taken apart"),
        ("hunter2", "a text that cannot be taken apart"),
        ("postgresql://publisher:p@hunter2@127.0.0.1/{database}", "a text that cannot be taken apart"),
        ("postgresql://publisher:hunter2/x@127.0.0.1/{database}", "a text that cannot be taken apart"),
        ("postgresql://publisher:12/hunter2@127.0.0.1/{database}", "a text that cannot be taken apart"),
    ],
)  # fmt: skip
def test_a_wrong_dsn_is_one_line_without_the_password(
    server: Server, database: str, built: Warehouse, capsys: pytest.CaptureFixture[str], dsn: str, found: str
) -> None:
    written = dsn.format(port=server.port, folder=server.folder, database=database)
    assert main(["postgres", written, "--from", str(built.build_database)]) == 2
    printed = capsys.readouterr()
    assert _is_in(found, printed.err)
    assert printed.err.count("\n") == 1
    assert "; expected " in printed.err
    assert _SECRET not in printed.out + printed.err


@pytest.mark.parametrize("words", [["--from", "x", f"password={_SECRET}"], [f"--password={_SECRET}"]])
def test_an_argument_too_many_is_not_quoted(words: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit, match="2"):
        main(["postgres", "host=127.0.0.1", *words])
    printed = capsys.readouterr()
    assert "1 argument that postgres does not know, or one too many" in printed.err
    assert _SECRET not in printed.out + printed.err


def test_a_connection_string_split_by_the_shell_is_taken_as_one(
    server: Server, built: Warehouse, capsys: pytest.CaptureFixture[str]
) -> None:
    words = server.dsn("nowhere").split()
    assert main(["postgres", *words, "--from", str(built.build_database)]) == 2
    assert "dbname=nowhere user=postgres): found no connection" in capsys.readouterr().err


def test_a_missing_right_leaves_the_old_tables(server: Server, database: str, tmp_path: Path) -> None:
    publish_unasked(make_state(tmp_path / "tiltak.duckdb", 1), server.dsn(database))
    new = make_state(tmp_path / "tiltak.duckdb", 2)
    server.do(
        database,
        "grant usage on schema build, main, marts to reader",
        "grant select on build.readers_tables to reader",
    )
    with pytest.raises(DatabaseError, match=r"found a role that may not do this .*permission denied for table"):
        publish_unasked(new, server.dsn(database, "reader"))
    server.do("postgres", "create database closed")
    with pytest.raises(DatabaseError, match="permission denied for database closed"):
        publish_unasked(new, server.dsn("closed", "reader"))
    assert server.ask(database, _STATES) == [(1,)]


@pytest.mark.parametrize("columns", [[], ["more"]], ids=["same form", "another form"])
def test_a_full_disk_leaves_the_old_tables(server: Server, database: str, tmp_path: Path, columns: list[str]) -> None:
    publish_unasked(make_state(tmp_path / "tiltak.duckdb", 1), server.dsn(database))
    new = make_state(tmp_path / "tiltak.duckdb", 2, columns=columns)
    # The server answers so when it cannot extend a file.
    server.do(
        database,
        "create function no_room() returns trigger language plpgsql as "
        "$$ begin raise 'could not extend file: No space left on device' using errcode = 'disk_full'; end $$",
        "create function no_room_for_tables() returns event_trigger language plpgsql as "
        "$$ begin raise 'could not extend file: No space left on device' using errcode = 'disk_full'; end $$",
        "create trigger full_disk before insert on marts.fct_participants execute function no_room()",
        "create event trigger full_disk on ddl_command_end when tag in ('CREATE TABLE') "
        "execute function no_room_for_tables()",
    )
    with pytest.raises(DatabaseError, match=r"found no room on the server's disk .*No space left.*; expected room"):
        publish_unasked(new, server.dsn(database))
    assert server.ask(database, _STATES) == [(1,)]
    assert server.ask(database, "select nspname from pg_namespace where nspname ~ 'unfinished'") == []


def test_what_others_made_is_not_replaced(server: Server, database: str, tmp_path: Path) -> None:
    file = make_state(tmp_path / "tiltak.duckdb", 1)
    server.do(database, "create schema marts", "create table marts.fct_participants as select 7 as own")
    with pytest.raises(DatabaseError, match=r"found marts\.fct_participants, which no publisher made"):
        publish_unasked(file, server.dsn(database))
    assert server.ask(database, "select own from marts.fct_participants") == [(7,)]
    server.do(database, "drop table marts.fct_participants")
    publish_unasked(file, server.dsn(database))
    server.do(database, "create view public.own as select state from main.participants")
    publish_unasked(make_state(file, 2), server.dsn(database))
    assert server.ask(database, "select distinct state from own") == [(2,)]
    with pytest.raises(DatabaseError, match=r"found something that others made .*view public\.own"):
        publish_unasked(make_state(file, 3, columns=["more"]), server.dsn(database))
    assert server.ask(database, "select distinct state from own") == [(2,)]


def test_a_role_that_is_not_there_is_not_made(server: Server, database: str, tmp_path: Path) -> None:
    file = make_state(tmp_path / "tiltak.duckdb", 1)
    with pytest.raises(DatabaseError, match=r'found no role nobody; expected .*; `create role "nobody"`'):
        publish_unasked(file, server.dsn(database), "nobody")


def _run(warehouse: Warehouse, dsn: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "publishers", "postgres", dsn, "--from", str(warehouse.build_database)]
    return subprocess.run(command, cwd=PROJECT, capture_output=True, text=True, check=False)


def _is_in(parts: str, text: str) -> bool:
    """Return whether the parts, which `.*` divides, follow each other in a text."""
    place = 0
    for part in parts.split(".*"):
        place = text.find(part, place)
        if place < 0:
            return False
        place += len(part)
    return True
