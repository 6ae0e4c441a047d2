"""Rows of a table in text or grids that others make of a file, read as generously as their spaces allow."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence

from tests.loaders.printed_tables import Row
from warehouse.figures import is_figure, plain_spaces

_APART = re.compile(r" {2,}|\t+")
_HEAD = re.compile(r"[1-9][0-9]{0,2}")
_GROUP = re.compile(r"[0-9]{3}")

RowsOfText = Callable[[str, int], list[Row]]


def by_wide_gaps(text: str, columns: int) -> list[Row]:
    """Return the rows of a text whose fields stand at least two spaces apart, of so many figures each."""
    lines = (plain_spaces(line).strip() for line in text.splitlines())
    return [row for line in lines for row in rows_of_fields(_APART.split(line), columns)]


def by_thousands(text: str, columns: int) -> list[Row]:
    """Return the rows of a text with single spaces: groups of three digits are joined until there are so many figures.

    The first groups are joined first; which of several ways is right, single spaces do not say.
    """
    rows: list[Row] = []
    for line in text.splitlines():
        words = plain_spaces(line).split()
        fields: list[str] = []
        start = 0
        while start < len(words):
            end = start
            while end < len(words) and is_figure(words[end]):
                end += 1
            if end > start:
                fields += _joined(words[start:end], columns)
                start = end
                continue
            while end < len(words) and not is_figure(words[end]):
                end += 1
            fields.append(" ".join(words[start:end]))
            start = end
        rows += rows_of_fields(fields, columns)
    return rows


def rows_of_fields(fields: Iterable[str], columns: int) -> list[Row]:
    """Return the rows among fields of a line: a label, and so many figures after it."""
    rows: list[Row] = []
    label: list[str] = []
    figures: list[str] = []
    for field in filter(None, map(str.strip, fields)):
        if is_figure(field):
            figures.append(field)
            if len(figures) == columns:
                rows.append((" ".join(label), tuple(figures)))
                label, figures = [], []
        else:
            # Figures that are fewer than columns belong to the label, as in "over 4 år".
            label += [*figures, field]
            figures = []
    return rows


def _joined(words: Sequence[str], columns: int) -> list[str]:
    """Return figures of which the first are joined with groups of three digits that follow, until they are so many."""
    figures = list(words)
    place = 0
    while len(figures) > columns and place + 1 < len(figures):
        if _HEAD.fullmatch(figures[place].split(" ")[0]) and _GROUP.fullmatch(figures[place + 1]):
            figures[place : place + 2] = [f"{figures[place]} {figures[place + 1]}"]
        else:
            place += 1
    return figures
