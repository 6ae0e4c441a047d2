"""Make the site of a build, and put it in the place of the one before in one step."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from publishers.folders import publish_folder
from publishers.publisher import Published, Publisher
from warehouse.errors import Problem, refused
from warehouse.settings import SITE

if TYPE_CHECKING:
    import duckdb


def publish(source: Path, target: Path) -> Published:
    """Make the folder `target` a site that shows what readers may see of the build `source`.

    Raises as `publish_folder`, and RefusedError if the build has no report.
    """

    def write(build: duckdb.DuckDBPyConnection, folder: Path) -> int:
        if not build.execute("from main.reports limit 1").fetchall():
            problem = Problem("no report", "a build of one at least", "load one and run `make build`")
            raise refused(str(source), problem)
        return write_site(build, folder)

    return publish_folder(source, target, "file", write)


def write_site(tables: duckdb.DuckDBPyConnection, folder: Path) -> int:
    """Write all pages into an empty folder; the same tables give the same bytes. Raises duckdb.Error."""
    # Imported here, as other publishers need no templates, which take a moment to import.
    from publishers.site.files import site_files

    (folder / "en").mkdir()
    count = 0
    for path, text in site_files(tables):
        (folder / path).write_text(text, encoding="utf-8", newline="\n")
        count += 1
    return count


PUBLISHER = Publisher(
    summary="write a site: pages with charts and tables, in Norwegian and English",
    target=SITE,
    target_kind="FOLDER",
    target_summary="folder of the site, a link to its newest version",
    publish=publish,
)
