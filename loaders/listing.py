"""The loaded editions as a table to read: how much of each there is, and whether it was issued again."""

from __future__ import annotations

from collections.abc import Sequence

from warehouse.editions import Edition
from warehouse.errors import counted, printable

_TITLES = ("edition", "report_id", "file name", "loaded at (UTC)", "cells", "")
_NUMBERS = frozenset({4})
"""Columns whose texts end, instead of begin, below each other."""


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
            "superseded: seeds/report_issues.csv says that another report of the same period and family was issued "
            "later; both stay."
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
