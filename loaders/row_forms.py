"""Forms by which a line is known for a row of a table, sound or damaged, before its table is read."""

from __future__ import annotations

import re
from functools import lru_cache

from warehouse.figures import figure_pattern, is_figure, plain_spaces


@lru_cache
def rows_pattern(figures: int) -> re.Pattern[str]:
    """Return the expression for rows that have a label and so many figures each, joined by line feeds."""
    row = rf"[^\t\n]*(?:\t{figure_pattern()}){{{figures}}}"
    return re.compile(rf"{row}(?:\n{row})*")


def looks_like_row(fields: list[str]) -> bool:
    """Return whether fields after a label are figures of a row, and not the page of a table of contents.

    A row has two at least, the average and a month.
    """
    return sum(map(is_figure, fields)) > 1


def is_plain_row(line: str) -> bool:
    """Return whether a line is a row at first sight: a label, then fields of which the last two are figures."""
    fields = line.split("\t")
    return len(fields) > 2 and not line[0].isspace() and is_figure(fields[-1]) and is_figure(fields[-2])


def looks_like_row_without_tabs(line: str) -> bool:
    """Return whether a line without tabs is a row whose tabs became spaces.

    Two spaces or more must stand before each of its last two figures: one space parts words and thousands.
    """
    fields = [field for field in plain_spaces(line).strip().split("  ") if field.strip()]
    return len(fields) > 2 and is_figure(fields[-1]) and is_figure(fields[-2])


def ends_in_figures(line: str) -> bool:
    """Return whether the last three words of a line, or more, are figures: a row whose tabs were lost."""
    words = plain_spaces(line).split()
    return len(words) > 3 and all(map(is_figure, words[-3:]))
