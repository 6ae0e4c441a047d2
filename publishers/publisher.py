"""A publisher: it writes one kind of what readers open."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Publisher:
    """One command of `python -m publishers`; every publisher has the options `--from` and `--to`."""

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
