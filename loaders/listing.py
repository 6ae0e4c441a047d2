"""What is loaded: each edition, how much of it, and whether it was issued again."""

from collections.abc import Iterable, Sequence
from contextlib import closing
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import duckdb

from loaders import schema
from loaders.landing import has_tables
from loaders.months import Period
from warehouse.database import connect, exists, explained
from warehouse.errors import Complaint, Problem, RefusedError, counted, printable

_LOAD_FIRST = "put report files into reports/ and run `python -m loaders`"
_SEE_LIST = "see `python -m loaders list`"
_FEW = 5
"""Of so many reports that a name may mean, a message tells the names."""
_TITLES = ("edition", "report_id", "file name", "loaded at (UTC)", "cells", "")
_NUMBERS = frozenset({4})
"""Columns whose texts end, instead of begin, below each other."""


@dataclass(frozen=True, slots=True)
class Edition:
    """A report that is loaded."""

    report_id: str
    file_name: str
    """Name of the file it was loaded from, without folder."""
    sha256: str
    """Of the file's bytes, 64 hexadecimal digits."""
    byte_count: int
    period: Period
    loaded_at: datetime
    """In UTC, without a time zone of its own."""
    cell_count: int
    """Printed figures."""
    superseded_by: str | None
    """The report of the same period that was loaded last, if that is not this one."""

    @property
    def name(self) -> str:
        """Return how messages call the report: its id and its file."""
        return f"{self.report_id} ({printable(self.file_name)})"


def loaded_editions(database: Path) -> list[Edition]:
    """Return what is loaded, the newest edition last: by the period's end, then as loaded.

    Raises RefusedError if there is no database or nothing in it, DatabaseError if it cannot be used.
    """
    if not exists(database):
        raise _nothing(database, "no such file")
    with closing(connect(database, read_only=True)) as connection:
        try:
            rows = connection.execute(schema.EDITIONS).fetchall() if has_tables(connection) else []
        except duckdb.Error as error:
            raise explained(error, database) from error
    if not rows:
        raise _nothing(database, "no report in it")
    return [
        Edition(report_id, file_name, sha256, byte_count, Period(start, end), loaded_at, cell_count, superseded_by)
        for report_id, file_name, sha256, byte_count, start, end, loaded_at, cell_count, superseded_by in rows
    ]


def named_editions(database: Path, names: Iterable[str]) -> list[Edition]:
    """Return the loaded editions that the names mean, each once.

    A name is a report_id, the beginning of one, or the name of a file. Raises RefusedError with a complaint for each
    name that means no report or more than one, or if nothing is loaded; DatabaseError if the database cannot be used.
    """
    editions = loaded_editions(database)
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


def table(editions: Sequence[Edition]) -> list[str]:
    """Return the editions as lines of text: titles, a row for each, and what they come to."""
    rows = [_TITLES, *(_row(edition) for edition in editions)]
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    lines = [
        "  ".join(
            text.rjust(width) if number in _NUMBERS else text.ljust(width)
            for number, (text, width) in enumerate(zip(row, widths, strict=True))
        ).rstrip()
        for row in rows
    ]
    cells = sum(edition.cell_count for edition in editions)
    superseded = sum(edition.superseded_by is not None for edition in editions)
    lines.append(f"{counted(len(editions), 'report')}, {counted(cells, 'cell')}; {superseded:,} superseded")
    if superseded:
        lines.append(
            "superseded: a report of the same period, with other content, was loaded later; both stay. Reports on "
            "other measures do not supersede each other, which only the build can tell."
        )
    return lines


def _row(edition: Edition) -> tuple[str, ...]:
    start, end = f"{edition.period.start:%Y-%m}", f"{edition.period.end:%Y-%m}"
    return (
        start if start == end else f"{start} – {end}",
        edition.report_id,
        printable(edition.file_name),
        f"{edition.loaded_at:%Y-%m-%d %H:%M:%S}",
        f"{edition.cell_count:,}",
        "" if edition.superseded_by is None else f"superseded by {edition.superseded_by}",
    )


def _nothing(database: Path, found: str) -> RefusedError:
    return RefusedError((Complaint(str(database), None, Problem(found, "loaded reports", _LOAD_FIRST)),))
