"""Make the site of a build, and put it in the place of the one before in one step."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from publishers.fitness import build_file, fit_build
from publishers.publisher import Publisher
from publishers.versioned_folder import Replaced, replace_folder
from warehouse.errors import counted
from warehouse.settings import SITE

if TYPE_CHECKING:
    import duckdb


@dataclass(frozen=True, slots=True)
class Published:
    """What publishing did to the folder `target`."""

    target: Path
    replaced: Replaced

    def __str__(self) -> str:
        """Return it as a line to print."""
        if self.replaced.is_unchanged:
            return f"{self.target} already shows this build: nothing changed"
        written = f"{self.replaced.written_count:,} of them new or changed"
        return f"published {counted(self.replaced.file_count, 'file')}, {written}, to {self.target}"


def publish(source: Path, target: Path) -> Published:
    """Make `target` a site that shows what readers may see of the build `source`, in one step or not at all.

    Leaves the target as it was and raises DatabaseError if a file or folder cannot be used, RefusedError if the build
    is not fit to be read.
    """
    origin = build_file(source)
    with fit_build(origin, source) as build:
        return Published(target, replace_folder(target, lambda folder: write_site(build, folder)))


def write_site(tables: duckdb.DuckDBPyConnection, folder: Path) -> None:
    """Write all pages into an empty folder; the same tables give the same bytes. Raises duckdb.Error."""
    (folder / "en").mkdir()
    for path, text in _files(tables):
        (folder / path).write_text(text, encoding="utf-8", newline="\n")


def _files(tables: duckdb.DuckDBPyConnection) -> Iterator[tuple[str, str]]:
    """Yield each file's path and text."""
    # Imported here, as other publishers need no templates, which take a moment to import.
    from publishers.site.files import site_files

    return site_files(tables)


PUBLISHER = Publisher(
    summary="write a site: pages with charts and tables, in Norwegian and English",
    target=SITE,
    target_kind="FOLDER",
    target_summary="folder of the site, a link to its newest version",
    publish=publish,
)
