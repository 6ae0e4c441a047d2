"""The command line: `python -m publishers PUBLISHER [--from FILE] …`."""

from __future__ import annotations

import argparse
from collections.abc import Mapping, Sequence

from publishers import database, postgres
from publishers.files import command as files
from publishers.publisher import Command
from publishers.site import publishing as site
from warehouse.process import ExitCode, carry_out, say

PUBLISHERS: Mapping[str, Command] = {
    "database": database.PUBLISHER,
    "postgres": postgres.PUBLISHER,
    "files": files.PUBLISHER,
    "site": site.PUBLISHER,
}
"""The word for each publisher. Another one is a module with a `PUBLISHER`, and a row here."""


def main(arguments: Sequence[str] | None = None) -> ExitCode:
    """Publish as `arguments` say (default: those of the process) and return the exit code.

    0: what readers open is now what the build holds. 1: it was left as it was, because the build is not fit to be
    read. 2: a file or server cannot be used.
    """
    parser = argparse.ArgumentParser(
        prog="python -m publishers", description="Write what readers open, whole or not at all."
    )
    commands = parser.add_subparsers(dest="command", required=True, metavar="COMMAND")
    for name, publisher in PUBLISHERS.items():
        publisher.add_options(commands.add_parser(name, help=publisher.summary))
    options, unknown = parser.parse_known_args(arguments)
    if unknown:
        # Not quoted: a piece of a connection string may be among them, such as a password.
        plural = "" if len(unknown) == 1 else "s"
        parser.error(f"{len(unknown)} argument{plural} that {options.command} does not know, or one too many")
    return carry_out(lambda: _publish(PUBLISHERS[options.command], options))


def _publish(publisher: Command, options: argparse.Namespace) -> ExitCode:
    say(str(publisher.run(options)))
    return ExitCode.DONE
