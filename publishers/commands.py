"""The command line: `python -m publishers database [--from FILE] [--to FILE]`."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from pathlib import Path

from publishers.database import publish
from warehouse.process import ExitCode, carry_out, say
from warehouse.settings import READERS_FILE, build_database


def main(arguments: Sequence[str] | None = None) -> ExitCode:
    """Publish as `arguments` say (default: those of the process) and return the exit code.

    0: the readers' file is now what the build holds. 1: it was left as it was, because the build is not fit to be
    read. 2: a file cannot be used.
    """
    parser = argparse.ArgumentParser(
        prog="python -m publishers", description="Write what readers open, whole or not at all."
    )
    commands = parser.add_subparsers(dest="command", required=True, metavar="COMMAND")
    database = commands.add_parser("database", help="write the DuckDB file that readers open")
    database.add_argument(
        "--from",
        dest="source",
        type=Path,
        default=build_database(),
        metavar="FILE",
        help="build database (default: TILTAK_DATABASE or build/tiltak.duckdb)",
    )
    database.add_argument(
        "--to",
        dest="target",
        type=Path,
        default=READERS_FILE,
        metavar="FILE",
        help="file that readers open (default: tiltak.duckdb)",
    )
    options = parser.parse_args(arguments)
    return carry_out(lambda: _publish(options))


def _publish(options: argparse.Namespace) -> ExitCode:
    published = publish(options.source, options.target)
    if published.is_unchanged:
        say(f"{options.target} already holds this build: nothing changed")
    else:
        say(f"published {published.table_count} tables to {options.target}")
    return ExitCode.DONE
