"""Readers see the old tables or the new, also when publishing is killed, fails or is done twice at once."""

from __future__ import annotations

import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path

import duckdb
import psycopg
import pytest

from publishers.commands import main
from tests.postgres.publishing import make_state, publish_unasked
from tests.postgres.server import Server
from tests.sample import PROJECT
from tests.warehouse.warehouse import Warehouse

_STATES = range(1, 21)
_FIRST = "select array_agg(distinct state), count(*) from participants"
_SECOND = "select array_agg(distinct state), count(*) from marts.fct_participants"
_BOTH = """
select array_agg(distinct state), count(*)
from (select state from participants union all select state from marts.fct_participants) as both_tables
"""


def _columns(state: int) -> list[str]:
    """Let the form of the tables change at some of the replacements, in the number and order of columns."""
    return [["more"], [], ["other", "more"]][state // 4 % 3]


def test_readers_see_one_state_each_during_twenty_replacements(server: Server, database: str, tmp_path: Path) -> None:
    dsn = server.dsn(database, "publisher")
    publish_unasked(make_state(tmp_path / "tiltak.duckdb", 0), dsn, "reader")
    is_over = threading.Event()
    with ThreadPoolExecutor() as threads:
        by_statement = threads.submit(_see, server, database, is_over, _by_statement)
        others = [
            threads.submit(_see, server, database, is_over, look)
            for look in (_by_transaction, _backwards, _before_looking)
        ]
        try:
            for state in _STATES:
                publish_unasked(make_state(tmp_path / "tiltak.duckdb", state, columns=_columns(state)), dsn)
        finally:
            is_over.set()
        seen = [reader.result() for reader in (by_statement, *others)]
    for states in seen:
        assert states == sorted(states)
        assert len(set(states)) > 5
    assert server.ask(database, _BOTH) == [([20], 600)]


def _see(
    server: Server, database: str, is_over: threading.Event, look: Callable[[psycopg.Connection], int]
) -> list[int]:
    """Return the states that a reader saw, one after the other; fail where it saw more than one at once."""
    states = []
    with psycopg.connect(server.dsn(database, "reader"), autocommit=True) as connection:
        while not is_over.is_set():
            states.append(look(connection))
            time.sleep(0.15)
    return states


def _by_statement(connection: psycopg.Connection) -> int:
    return _one_state(connection, _BOTH, 600)


def _by_transaction(connection: psycopg.Connection) -> int:
    """Look at the one table, and at the other and the first again a while later."""
    with _unchanging(connection):
        state = _one_state(connection, _FIRST, 300)
        time.sleep(0.1)
        assert _one_state(connection, _SECOND, 300) == _one_state(connection, _FIRST, 300) == state
    return state


def _backwards(connection: psycopg.Connection) -> int:
    """Look at the tables in the order in which a publisher does not, which must not have each wait for the other."""
    with _unchanging(connection):
        state = _one_state(connection, _SECOND, 300)
        time.sleep(0.1)
        assert _one_state(connection, _FIRST, 300) == state
    return state


def _before_looking(connection: psycopg.Connection) -> int:
    """Look at the tables a while after the snapshot was taken: here none of them is locked by the reader."""
    with _unchanging(connection):
        connection.execute("select 1")
        time.sleep(0.3)
        state = _one_state(connection, _SECOND, 300)
        assert _one_state(connection, _FIRST, 300) == state
    return state


@contextmanager
def _unchanging(connection: psycopg.Connection) -> Iterator[None]:
    with connection.transaction():
        connection.execute("set transaction isolation level repeatable read")
        yield


def _one_state(connection: psycopg.Connection, query: str, row_count: int) -> int:
    [(states, count)] = connection.execute(query.encode()).fetchall()
    assert count == row_count
    [state] = states
    return int(state)


@pytest.mark.parametrize("columns", [[], ["more"]], ids=["same form", "another form"])
def test_a_publisher_killed_in_the_middle_leaves_the_old_tables(
    server: Server, database: str, tmp_path: Path, columns: list[str]
) -> None:
    dsn = server.dsn(database, "publisher")
    publish_unasked(make_state(tmp_path / "old.duckdb", 1), dsn)
    new = make_state(tmp_path / "new.duckdb", 2, columns=columns, row_count=3_000_000)
    process = subprocess.Popen([sys.executable, "-m", "tests.postgres.publishing", new, dsn], cwd=PROJECT)
    _wait_until(lambda: _is_copying(server, database))
    time.sleep(0.2)
    process.kill()
    assert process.wait() == -9
    _wait_until(lambda: not _is_copying(server, database))
    assert server.ask(database, _BOTH) == [([1], 600)]
    publish_unasked(make_state(tmp_path / "old.duckdb", 3), dsn)
    assert server.ask(database, _BOTH) == [([3], 600)]
    assert server.ask(database, "select nspname from pg_namespace where nspname ~ 'unfinished'") == []


def test_a_second_publisher_waits_and_says_so(
    server: Server, database: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    dsn = server.dsn(database, "publisher")
    large = make_state(tmp_path / "large.duckdb", 1, row_count=1_000_000)
    small = make_state(tmp_path / "small.duckdb", 2)
    with ThreadPoolExecutor() as threads:
        first = threads.submit(publish_unasked, large, dsn)
        _wait_until(lambda: _is_copying(server, database))
        publish_unasked(small, dsn)
        assert first.done()
    assert capsys.readouterr().err.count("waiting for another publisher, which is at work in this database") == 1
    assert server.ask(database, _BOTH) == [([2], 600)]


def test_a_publication_with_another_form_waits_for_transactions_that_could_see_both(
    server: Server, database: str, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    dsn = server.dsn(database, "publisher")
    publish_unasked(make_state(tmp_path / "tiltak.duckdb", 1), dsn, "reader")
    monkeypatch.setattr("publishers.postgres_server.PATIENCE", 0.3)
    new = make_state(tmp_path / "tiltak.duckdb", 2, columns=["more"])
    with psycopg.connect(server.dsn(database, "reader")) as reader:
        reader.execute("select 1")
        with pytest.raises(Exception, match="found tables of another form, and a transaction that stays open"):
            publish_unasked(new, dsn)
    assert "waiting for open transactions to end, as tables change their form" in capsys.readouterr().err
    assert server.ask(database, _BOTH) == [([1], 600)]
    publish_unasked(new, dsn)
    assert server.ask(database, _BOTH) == [([2], 600)]


def test_what_is_not_fit_to_be_read_is_not_published(
    server: Server, database: str, built: Warehouse, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    publish_unasked(make_state(tmp_path / "tiltak.duckdb", 1), server.dsn(database))
    unfit = tmp_path / "build" / "tiltak.duckdb"
    unfit.parent.mkdir()
    unfit.write_bytes(built.build_database.read_bytes())
    with duckdb.connect(unfit) as build:
        build.execute("update audit.reconciliation_checks set verdict = 'violated' where rule_code = 'totals_agree'")
    assert main(["postgres", server.dsn(database), "--from", str(unfit)]) == 1
    assert "expected a build whose rules all hold" in capsys.readouterr().err
    assert server.ask(database, _BOTH) == [([1], 600)]


def _is_copying(server: Server, database: str) -> bool:
    query = f"select from pg_stat_activity where datname = '{database}' and query ^@ 'copy' and state = 'active'"
    return bool(server.ask("postgres", query))


def _wait_until(is_so: Callable[[], bool]) -> None:
    end = time.monotonic() + 60
    while not is_so():
        assert time.monotonic() < end
        time.sleep(0.02)
