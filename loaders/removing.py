"""Take reports out of the schema `raw` again: all that are named, or none."""

from collections.abc import Iterable, Sequence
from contextlib import closing
from hashlib import sha256
from pathlib import Path

import duckdb

from loaders import schema
from loaders.finding import find_reports
from loaders.listing import Edition, loaded_editions
from loaders.reading import read_bytes
from warehouse.database import connect, explained
from warehouse.errors import Complaint, Problem, RefusedError, RejectedReportError

_FEW = 5
"""Of so many reports that a name may mean, a message tells the names."""
_SEE_LIST = "see `python -m loaders list`"


def remove(database: Path, names: Iterable[str]) -> list[Edition]:
    """Take the reports that `names` mean out of raw.reports and raw.cells, in one transaction; return them.

    A name is a report_id, the beginning of one, or the name of a file. Raises RefusedError, having changed
    nothing, with a complaint for each name that means no report or more than one; DatabaseError if the database
    cannot be used.
    """
    chosen = _chosen(loaded_editions(database), names)
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


def _chosen(editions: Sequence[Edition], names: Iterable[str]) -> list[Edition]:
    """Return the editions that the names mean, each once. Raises RefusedError."""
    chosen: dict[str, Edition] = {}
    complaints = []
    for name in dict.fromkeys(names):
        meant = _meant(editions, name)
        if len(meant) == 1:
            chosen[meant[0].report_id] = meant[0]
            continue
        if meant:
            more = f" and {len(meant) - _FEW:,} more" if len(meant) > _FEW else ""
            found = f"{len(meant):,} reports, {', '.join(edition.name for edition in meant[:_FEW])}{more}"
            problem = Problem(found, "a name of one report", "give its report_id")
        else:
            problem = Problem(
                "no report that is loaded", "a report_id, the beginning of one, or a file name", _SEE_LIST
            )
        complaints.append(Complaint(name, None, problem))
    if complaints:
        raise RefusedError(tuple(complaints))
    return list(chosen.values())


def _meant(editions: Sequence[Edition], name: str) -> list[Edition]:
    """Return the edition with this id; without one, those whose file has this name or whose id begins with it."""
    exact = [edition for edition in editions if edition.report_id == name]
    return exact or [edition for edition in editions if edition.file_name == name or edition.report_id.startswith(name)]
