"""Replace the folder of files to take away by what the build holds, whole or not at all."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from publishers.folders import publish_folder
from publishers.publisher import Published, Publisher
from warehouse.settings import FILES

if TYPE_CHECKING:
    import duckdb


def publish(source: Path, target: Path) -> Published:
    """Make the folder `target` hold the readers' tables of the build `source` as files. Raises as `publish_folder`."""

    def write(build: duckdb.DuckDBPyConnection, folder: Path) -> int:
        # Other publishers need none of what writes a workbook.
        from publishers.files.provenance import provenance_of
        from publishers.files.tables import file_tables
        from publishers.files.writing import write_files

        tables = file_tables(build)
        write_files(folder, build, tables, provenance_of(build, source))
        return len(tables)

    return publish_folder(source, target, "table", write)


PUBLISHER = Publisher(
    summary="write the readers' tables as files to take away: Excel, CSV, Parquet, JSON-stat, SDMX",
    target=FILES,
    target_kind="FOLDER",
    target_summary="folder to replace, a link that a publisher made",
    publish=publish,
)
