"""Publish a folder: what the build holds is written into a new one, which takes the place of the one before."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import duckdb

from publishers.fitness import build_file, fit_build
from publishers.publisher import Published
from publishers.replacing import take_turns
from publishers.switching import folder_place, replace_folder
from warehouse import database

Write = Callable[[duckdb.DuckDBPyConnection, Path], int]
"""Writes what a build holds into an empty folder, the same build with the same bytes; returns how many things."""


def publish_folder(source: Path, target: Path, what: str, write: Write) -> Published:
    """Make the folder `target` what `write` writes of the build `source`, replacing all in one step.

    `target` is a symbolic link to a folder beside it; see `publishers.switching`. `what` names the things written, one
    of them. Leaves the target as it was and raises DatabaseError if a file cannot be used, RefusedError if the build is
    not fit to be read.
    """
    origin, place = build_file(source), folder_place(target, option="--to")

    def publish() -> Published:
        counts: list[int] = []

        def write_folder(folder: Path) -> None:
            try:
                counts.append(write(build, folder))
            except duckdb.Error as error:
                # DuckDB names the file that it could not write; what it cannot read of the build is the build's fault.
                if str(folder) in str(error):
                    raise database.explained(error, target, "--to") from error
                raise

        with fit_build(origin, source) as build:
            is_changed = replace_folder(place, write_folder)
        return Published(target, counts[-1], what, is_unchanged=not is_changed)

    return take_turns(place.link, target, publish)
