"""Replace the folder of files to take away by what the build holds, whole or not at all."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import duckdb

from publishers.fitness import build_file, fit_build
from publishers.publisher import Publisher
from publishers.replacing import take_turns
from publishers.switching import Place, folder_place, replace_folder
from warehouse import database

_DEFAULT = Path("files")


@dataclass(frozen=True, slots=True)
class Published:
    """What publishing did: how many tables stand in the folder `target`, and whether the same did before."""

    target: Path
    table_count: int
    is_unchanged: bool

    def __str__(self) -> str:
        """Return it as a line to print."""
        if self.is_unchanged:
            return f"{self.target} already holds this build: nothing changed"
        return f"published {self.table_count} tables to {self.target}"


def publish(source: Path, target: Path) -> Published:
    """Make the folder `target` hold the readers' tables of the build `source` as files, replacing all in one step.

    `target` is a symbolic link to a folder beside it; see `publishers.switching`. Leaves it as it was and raises
    DatabaseError if a file cannot be used, RefusedError if the build is not fit to be read.
    """
    origin, place = build_file(source), folder_place(target, option="--to")
    return take_turns(place.link, target, lambda: _publish(origin, place, source, target))


PUBLISHER = Publisher(
    summary="write the readers' tables as files to take away: Excel, CSV, Parquet, JSON-stat, SDMX",
    target=_DEFAULT,
    target_kind="FOLDER",
    target_summary="folder to replace, a link that a publisher made",
    publish=publish,
)


def _publish(origin: Path, place: Place, source: Path, target: Path) -> Published:
    """Publish once; `source` and `target` are as the user named them. Raises TargetChangedError."""
    # Other publishers need none of what writes a workbook.
    from publishers.files.provenance import provenance_of
    from publishers.files.tables import file_tables
    from publishers.files.writing import write_files

    with fit_build(origin, source) as build:
        tables, provenance = file_tables(build), provenance_of(build, source)

        def write(folder: Path) -> None:
            try:
                write_files(folder, build, tables, provenance)
            except duckdb.Error as error:
                # DuckDB names the file that it could not write; what it cannot read of the build is the build's fault.
                if str(folder) in str(error):
                    raise database.explained(error, target, "--to") from error
                raise

        is_changed = replace_folder(place, write)
    return Published(target, len(tables), is_unchanged=not is_changed)
