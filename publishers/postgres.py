"""Replace the tables that readers find on a PostgreSQL server by what the build holds, whole or not at all."""

from __future__ import annotations

import argparse
import importlib.util
from dataclasses import dataclass
from pathlib import Path

from publishers.fitness import build_file, fit_build
from publishers.publisher import OR_A_RELEASE
from publishers.tables import readers_tables
from warehouse.errors import DatabaseError, Problem, counted
from warehouse.options import add_build_option


@dataclass(frozen=True, slots=True)
class Published:
    """What publishing did: how many tables and rows readers find in the database `place`."""

    place: str
    table_count: int
    row_count: int

    def __str__(self) -> str:
        """Return it as a line to print."""
        rows = counted(self.row_count, "row")
        return f"published {counted(self.table_count, 'table')} with {rows} to {self.place}"


def publish(source: Path, dsn: str, readers: tuple[str, ...] = ()) -> Published:
    """Make the tables in the database `dsn` those of the build `source`; the roles `readers` may read them.

    Raises RefusedError if the build is not fit to be read, DatabaseError if the build, the server or psycopg cannot
    be used; readers then find what they found before.
    """
    if importlib.util.find_spec("psycopg") is None:
        problem = Problem("no such package", "psycopg 3", "run `pip install -r requirements-postgres.txt`")
        raise DatabaseError("psycopg", problem)
    from publishers.postgres_dsn import Dsn
    from publishers.postgres_replacing import replace
    from publishers.postgres_server import connected
    from publishers.postgres_tables import server_tables

    target = Dsn.of(dsn)
    # The build stays open until all is written, so that what is published is what was looked at.
    with fit_build(build_file(source), source) as build:
        tables = server_tables(build, readers_tables(build))
        with connected(target) as server:
            row_count = replace(server, target, build, tables, readers)
    return Published(target.place, len(tables), row_count)


@dataclass(frozen=True, slots=True)
class PostgresPublisher:
    """The command `postgres`: its target is a database on a server, not a file."""

    summary: str = "replace the tables on a PostgreSQL server that readers query"

    def add_options(self, parser: argparse.ArgumentParser) -> None:
        """Add the connection string, `--from` and `--reader`."""
        parser.add_argument(
            "dsn",
            nargs="+",
            metavar="DSN",
            help="database to publish to: postgresql://USER@HOST/NAME, `host=… dbname=…` or `service=…`; "
            "leave the password to PGPASSFILE or the service file, as everybody on the machine sees arguments",
        )
        add_build_option(parser, "--from", "source", OR_A_RELEASE)
        parser.add_argument(
            "--reader",
            dest="readers",
            action="append",
            default=[],
            metavar="ROLE",
            help="role that may read all tables, besides those that may already; repeat for more",
        )

    def run(self, options: argparse.Namespace) -> Published:
        """Publish as the options say. Raises as `publish` does."""
        # A connection string that a shell has split at its spaces is one all the same.
        return publish(options.source, " ".join(options.dsn), tuple(options.readers))


PUBLISHER = PostgresPublisher()
