"""Options that commands share."""

from __future__ import annotations

import argparse
from pathlib import Path

from warehouse.settings import DEFAULT_BUILD, build_database


def path_argument(text: str) -> Path:
    """Return the path that an argument names. Raises argparse.ArgumentTypeError for an empty text."""
    if not text:
        message = "expected a path, found an empty text"
        raise argparse.ArgumentTypeError(message)
    return Path(text)


def add_build_option(
    parser: argparse.ArgumentParser, option: str = "--database", name: str = "database", or_else: str = ""
) -> None:
    """Let `option` name the build database; `name` is the attribute that gets its path.

    `or_else` is what may stand instead of a build database, for `--help`.
    """
    parser.add_argument(
        option,
        dest=name,
        metavar="FILE",
        type=path_argument,
        default=build_database(),
        help=f"build database{or_else} (default: $TILTAK_DATABASE, else {DEFAULT_BUILD})",
    )
