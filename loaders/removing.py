"""Take reports out of the schema `raw` again: all that are named, or none."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from contextlib import closing
from hashlib import sha256
from pathlib import Path

import duckdb

from loaders import schema
from loaders.finding import find_reports
from loaders.reading import read_bytes
from warehouse.database import connect, explained
from warehouse.editions import Edition, named_editions
from warehouse.errors import RejectedReportError


def remove(database: Path, names: Iterable[str]) -> list[Edition]:
    """Take the reports that `names` mean out of raw.reports and raw.cells, in one transaction; return them.

    A name is a report_id, the beginning of one, or the name of a file. Raises RefusedError, having changed
    nothing, with a complaint for each name that means no report or more than one; DatabaseError if the database
    cannot be used.
    """
    chosen = named_editions(database, names)
    with closing(connect(database, read_only=False)) as connection:
        try:
            connection.begin()
            connection.executemany(schema.DELETE_CELLS, [[edition.report_id] for edition in chosen])
            connection.executemany(schema.DELETE_REPORT, [[edition.report_id] for edition in chosen])
            connection.commit()
        except duckdb.Error as error:
            raise explained(error, database) from error
    return chosen


def still_there(editions: Sequence[Edition], folder: Path) -> list[tuple[Path, Edition]]:
    """Return each file in `folder` with the content of one of the editions, which would be loaded from it again."""
    contents = {edition.sha256: edition for edition in editions}
    sizes = {edition.byte_count for edition in editions}
    found = []
    for path in find_reports([folder])[0]:
        try:
            if path.stat().st_size in sizes:
                content = sha256(read_bytes(path, str(path))).hexdigest()
                if content in contents:
                    found.append((path, contents[content]))
        except (OSError, RejectedReportError):  # a file that cannot be read cannot be loaded either
            continue
    return found
