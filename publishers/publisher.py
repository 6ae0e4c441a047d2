"""A publisher: it writes one kind of what readers open."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from warehouse.errors import counted
from warehouse.options import add_build_option, path_argument

OR_A_RELEASE = ", or release of `python -m builders`"
"""What `--from` takes besides, for `--help`."""


class Command(Protocol):
    """One command of `python -m publishers`."""

    @property
    def summary(self) -> str:
        """What it does, for `--help`."""

    def add_options(self, parser: argparse.ArgumentParser) -> None:
        """Add its options to the parser of the command."""

    def run(self, options: argparse.Namespace) -> object:
        """Publish as the options say; the result is printed.

        Raises RefusedError if the build is not fit to be read (see `publishers.fitness`), DatabaseError if what is
        named cannot be used; what readers open is then as it was.
        """


@dataclass(frozen=True, slots=True)
class Published:
    """What publishing did: how many things readers find in `target`, and whether they found the same before."""

    target: Path
    count: int
    what: str
    """What is counted, one of it."""
    is_unchanged: bool

    def __str__(self) -> str:
        """Return it as a line to print."""
        if self.is_unchanged:
            return f"{self.target} already holds this build: nothing changed"
        return f"published {counted(self.count, self.what)} to {self.target}"


@dataclass(frozen=True, slots=True)
class Publisher:
    """A command that writes a file or folder; it has the options `--from` and `--to`."""

    summary: str
    """What it does, for `--help`."""
    target: Path
    """Where it writes unless told otherwise by `--to`."""
    target_kind: str
    """FILE or FOLDER."""
    target_summary: str
    """What stands there, for `--help`."""
    publish: Callable[[Path, Path], object]
    """Write what the build in the first path holds to the second, whole or not at all; the result is printed.

    Raises RefusedError if the build is not fit to be read (see `publishers.fitness`), DatabaseError if a file cannot
    be used; the target is then as it was.
    """

    def add_options(self, parser: argparse.ArgumentParser) -> None:
        """Add `--from` and `--to`."""
        add_build_option(parser, "--from", "source", OR_A_RELEASE)
        parser.add_argument(
            "--to",
            dest="target",
            type=path_argument,
            default=self.target,
            metavar=self.target_kind,
            help=f"{self.target_summary} (default: {self.target})",
        )

    def run(self, options: argparse.Namespace) -> object:
        """Publish from the one file to the other. Raises as `publish` does."""
        return self.publish(options.source, options.target)
