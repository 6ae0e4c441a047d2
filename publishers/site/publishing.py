"""Make the site of a build, and put it in the place of the one before in one step."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from publishers.folders import publish_folder
from publishers.publisher import Published, Publisher
from warehouse.settings import FILES, SITE

if TYPE_CHECKING:
    import duckdb


def publish(source: Path, target: Path) -> Published:
    """Make the folder `target` a site that shows what readers may see of the build `source`.

    Raises as `publish_folder`, and RefusedError if the build has no report.
    """

    def write(build: duckdb.DuckDBPyConnection, folder: Path) -> int:
        return write_site(build, folder, source, target.with_name(FILES.name))

    return publish_folder(source, target, "page", write)


def write_site(
    tables: duckdb.DuckDBPyConnection, folder: Path, source: Path, published_files: Path | None = None
) -> int:
    """Write all pages, and the files to take away, into an empty folder; return how many pages there are.

    The same tables give the same bytes. `source` names the build in messages; `published_files` is the folder of the
    publisher of files, whose files are shared if they are of the same build. Raises duckdb.Error, or RefusedError where
    no report is in the build.
    """
    # Imported here, as other publishers need no templates, which take a moment to import.
    from publishers.site.downloads import put_downloads
    from publishers.site.files import site_files

    (folder / "en").mkdir()
    downloads = put_downloads(tables, folder, source, published_files)
    count = 0
    for path, text in site_files(tables, downloads):
        (folder / path).write_text(text, encoding="utf-8", newline="\n")
        count += path.endswith(".html")
    return count


PUBLISHER = Publisher(
    summary="write a site: pages with charts and tables, in Norwegian and English",
    target=SITE,
    target_kind="FOLDER",
    target_summary="folder of the site, a link to its newest version",
    publish=publish,
)
