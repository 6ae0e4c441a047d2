"""Make the site of a build, and put it in the place of the one before in one step."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from publishers.fitness import build_file, fit_build
from publishers.publisher import Publisher
from publishers.replacing import take_turns
from publishers.switching import Place, folder_place, replace_folder
from warehouse.errors import Problem, counted, refused
from warehouse.settings import SITE

if TYPE_CHECKING:
    import duckdb


@dataclass(frozen=True, slots=True)
class Published:
    """What publishing did: how many files stand in the folder `target`, and whether the same did before."""

    target: Path
    file_count: int
    is_unchanged: bool

    def __str__(self) -> str:
        """Return it as a line to print."""
        if self.is_unchanged:
            return f"{self.target} already shows this build: nothing changed"
        return f"published {counted(self.file_count, 'file')} to {self.target}"


def publish(source: Path, target: Path) -> Published:
    """Make the folder `target` a site that shows what readers may see of the build `source`, replacing all in one step.

    `target` is a symbolic link to a folder beside it; see `publishers.switching`. Leaves it as it was and raises
    DatabaseError if a file cannot be used, RefusedError if the build is not fit to be read.
    """
    origin, place = build_file(source), folder_place(target, option="--to")
    return take_turns(place.link, target, lambda: _publish(origin, place, source, target))


def _publish(origin: Path, place: Place, source: Path, target: Path) -> Published:
    """Publish once; `source` and `target` are as the user named them. Raises TargetChangedError."""
    with fit_build(origin, source) as build:
        if not build.execute("from main.reports limit 1").fetchall():
            problem = Problem("no report", "a build of one at least", "load one and run `make build`")
            raise refused(str(source), problem)
        is_changed = replace_folder(place, lambda folder: write_site(build, folder))
    file_count = sum(path.is_file() for path in place.link.rglob("*"))
    return Published(target, file_count, is_unchanged=not is_changed)


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
