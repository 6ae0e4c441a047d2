"""The command line: `python -m publishers database [--from FILE] [--to FILE]`."""

from __future__ import annotations

import argparse
import os
import sys
from pathlib import Path

from loaders.errors import LoaderError, printable
from publishers.database import publish


def main(arguments: list[str] | None = None) -> int:
    """Publish as `arguments` say (default: those of the process).

    Returns 0 if the readers' file is now what the build holds, 1 if it was left as it was because the build is
    not fit to be read or a file cannot be used. Wrong usage exits with 2.
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
        default=Path(os.environ.get("TILTAK_DATABASE", "build/tiltak.duckdb")),
        metavar="FILE",
        help="build database (default: TILTAK_DATABASE or build/tiltak.duckdb)",
    )
    database.add_argument(
        "--to",
        dest="target",
        type=Path,
        default=Path("tiltak.duckdb"),
        metavar="FILE",
        help="file that readers open (default: tiltak.duckdb)",
    )
    options = parser.parse_args(arguments)
    try:
        published = publish(options.source, options.target)
    except LoaderError as error:
        sys.stderr.write(f"{error}\n")
        return 1
    name = printable(str(options.target))
    if published.is_unchanged:
        sys.stdout.write(f"{name} already holds this build: nothing changed\n")
    else:
        sys.stdout.write(f"published {published.table_count} tables to {name}\n")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
