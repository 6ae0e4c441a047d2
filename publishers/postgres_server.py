"""Connect to a PostgreSQL server, wait for other publishers there, and say plainly why it cannot be used."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import psycopg
from psycopg import errors

from publishers.postgres_dsn import Dsn
from warehouse.errors import DatabaseError
from warehouse.process import tell

PATIENCE = 120.0
"""Seconds to wait for another publisher, or for readers where tables are to change their form."""
_LOCK = "select pg_try_advisory_lock(hashtext('tiltak.publishers'))"
_SETTINGS = (
    # A limit meant for people who ask must not stop who publishes.
    "set statement_timeout = 0",
    "set idle_in_transaction_session_timeout = 0",
    "set lock_timeout = '30s'",
    "set search_path = pg_catalog",
    "set standard_conforming_strings = on",
    "set datestyle = 'ISO, YMD'",
    "set client_min_messages = warning",
)


@contextmanager
def connected(dsn: Dsn) -> Iterator[psycopg.Connection]:
    """Yield a connection in autocommit that no other publisher has at the time, in this database.

    Raises DatabaseError if there is none, or where the server says within the block that something cannot be done.
    """
    try:
        with psycopg.connect(dsn.conninfo, autocommit=True, client_encoding="utf8") as server:
            for setting in _SETTINGS:
                execute(server, setting)
            wait_until(
                lambda: value(server, _LOCK) is True,
                lambda: tell(f"{dsn.place}: waiting for another publisher, which is at work in this database"),
                dsn.error("another publisher at work", "one at a time", "try again when it is done"),
            )
            yield server
    except psycopg.Error as error:
        raise _explained(error, dsn) from None


def wait_until(is_so: Callable[[], bool], tell_waiting: Callable[[], None], too_long: DatabaseError) -> None:
    """Wait, telling so once, until something is so. Raises `too_long` where that takes longer than PATIENCE."""
    end, is_told = time.monotonic() + PATIENCE, False
    while not is_so():
        if time.monotonic() > end:
            raise too_long
        if not is_told:
            tell_waiting()
            is_told = True
        time.sleep(0.05)


def execute(server: psycopg.Connection, statement: str, parameters: tuple[object, ...] | None = None) -> None:
    """Have the server do something. Raises psycopg.Error."""
    server.execute(statement.encode(), parameters)


def rows(
    server: psycopg.Connection, query: str, parameters: tuple[object, ...] | None = None
) -> list[tuple[object, ...]]:
    """Return what a query finds. Raises psycopg.Error."""
    return [tuple(row) for row in server.execute(query.encode(), parameters).fetchall()]


def value(server: psycopg.Connection, query: str, parameters: tuple[object, ...] | None = None) -> object:
    """Return the one value that a query finds. Raises psycopg.Error."""
    [(found,)] = rows(server, query, parameters)
    return found


def _explained(error: psycopg.Error, dsn: Dsn) -> DatabaseError:
    reason = dsn.without_secrets(str(error).split("\nCONTEXT:")[0])[:300].rstrip()
    match error:
        case errors.DiskFull():
            return dsn.error(
                f"no room on the server's disk ({reason})", "room for the tables twice", "make room and publish again"
            )
        case errors.InsufficientPrivilege():
            return dsn.error(
                f"a role that may not do this ({reason})",
                "the owner of the tables, who may create schemas in the database",
                "publish as that role, or grant what is missing",
            )
        case errors.DependentObjectsStillExist():
            return dsn.error(
                f"something that others made of a table which changes its form ({reason})",
                "nothing that depends on it",
                "drop that, publish, and make it again",
            )
        case errors.LockNotAvailable():
            return dsn.error(
                f"tables that somebody else has locked ({reason})", "tables that can be written", "try again later"
            )
        case psycopg.OperationalError() if error.sqlstate is None or error.sqlstate[:2] in ("08", "28", "3D"):
            return dsn.error(
                f"no connection ({reason})", "a database that can be reached", "check host, port, name, user, password"
            )
    return dsn.error(
        f"a server that cannot do this ({reason})", "PostgreSQL 13 or newer, open for writing", "see its log"
    )
