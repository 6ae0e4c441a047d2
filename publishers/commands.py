"""The command line: `python -m publishers PUBLISHER [--from FILE] [--to FILE|FOLDER]`."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from pathlib import Path

from publishers import database
from publishers.publisher import Publisher
from warehouse.options import add_build_option, path_argument
from warehouse.process import ExitCode, carry_out, say

PUBLISHERS = {"database": database.PUBLISHER}
"""The word for each publisher. Another one is a module with a `PUBLISHER`, and a row here."""


def main(arguments: Sequence[str] | None = None) -> ExitCode:
    """Publish as `arguments` say (default: those of the process) and return the exit code.

    0: what readers open is now what the build holds. 1: it was left as it was, because the build is not fit to be
    read. 2: a file cannot be used.
    """
    parser = argparse.ArgumentParser(
        prog="python -m publishers", description="Write what readers open, whole or not at all."
    )
    commands = parser.add_subparsers(dest="command", required=True, metavar="COMMAND")
    for name, publisher in PUBLISHERS.items():
        _add_options(commands.add_parser(name, help=publisher.summary), publisher)
    options = parser.parse_args(arguments)
    return carry_out(lambda: _publish(PUBLISHERS[options.command], options.source, options.target))


def _add_options(parser: argparse.ArgumentParser, publisher: Publisher) -> None:
    add_build_option(parser, "--from", "source")
    parser.add_argument(
        "--to",
        dest="target",
        type=path_argument,
        default=publisher.target,
        metavar=publisher.target_kind,
        help=f"{publisher.target_summary} (default: {publisher.target})",
    )


def _publish(publisher: Publisher, source: Path, target: Path) -> ExitCode:
    say(str(publisher.publish(source, target)))
    return ExitCode.DONE
