"""Rows of a table: the total row first, as many figures as the header has columns, each of them a figure."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from loaders.formats.lines import Place
from loaders.headers import Header
from loaders.row_forms import rows_pattern
from warehouse.errors import Complaints, Problem, counted, described, excerpt, quoted
from warehouse.figures import ILLEGIBLE, PUBLISHER, SPACES, is_figure, signs_of
from warehouse.folding import fold

# "I alt" (in all) as scanners read it: a capital I is hard to tell from l, 1, | and !.
_TOTALS = tuple(f"{first}alt" for first in ("i", "l", "1", "|", "!"))

_ROWS_AT_ONCE = 100
"""Rows judged by one expression: more than a table has. A hundred thousand would cost it much memory."""

_TOO_LONG = re.compile(rf"[0-9]{{10,}}|[0-9]{{1,3}}(?:[{SPACES}][0-9]{{3}}){{3,}}")
_STRANGE_CHARACTER = re.compile(rf"[^0-9{SPACES}]")
_EXPECTED = "a whole number such as 1 234, or *"


@lru_cache(maxsize=4_096)
def is_total(label: str) -> bool:
    """Return whether a label is that of a total row, "I alt …"."""
    return fold(label).startswith(_TOTALS)


def check_rows(header_line: int, header: Header, lines: list[int], rows: list[str], complaints: Complaints) -> None:
    """Complain about each row of one table that does not fit its header; `lines` are the numbers of the rows' lines.

    A sound table passes in a few calls, none per cell; one that fails is gone through cell by cell, to say
    what is wrong and where.
    """
    if not rows:
        expected, action = "the total row (I alt …) on the next line", "restore the rows of the table"
        complaints.add(header_line, Problem("a header without rows", expected, action))
        return
    pattern = rows_pattern(len(header.labels))
    starts = range(0, len(rows), _ROWS_AT_ONCE)
    well_formed = all(pattern.fullmatch("\n".join(rows[start : start + _ROWS_AT_ONCE])) for start in starts)
    totals = [is_total(row.partition("\t")[0]) for row in rows]
    if well_formed and totals[0] and not any(totals[1:]):
        return
    numbered = list(zip(lines, rows, strict=True))
    _check_total(numbered, complaints)
    _check_counts(header_line, header, numbered, complaints)
    for line, row in numbered:
        _check_cells(line, row, header, complaints)


def rows_with_illegible(rows: Sequence[str], places: Sequence[Place] | None) -> tuple[str, ...]:
    """Return the rows with `?` for each figure on which no two readings agree, where they come from a scan."""
    if places is None or not any(place.readings for place in places):
        return tuple(rows)
    marked = []
    for row, place in zip(rows, places, strict=True):
        label, *figures = row.split("\t")
        readings = place.readings or (None,) * len(figures)
        legible = zip(figures, readings, strict=False)
        figures = [ILLEGIBLE if read and not read.agree else text for text, read in legible]
        marked.append("\t".join([label, *figures]))
    return tuple(marked)


def _check_total(rows: list[tuple[int, str]], complaints: Complaints) -> None:
    """Complain unless the first row, and no other, is the total row."""
    for place, (line, row) in enumerate(rows):
        label, _, _ = row.partition("\t")
        if place == 0 and not is_total(label):
            found = f"the row {quoted(label)} at the top of a table"
            action = "restore the total row below the header"
            complaints.add(line, Problem(found, "the total row (I alt …)", action))
        elif place > 0 and is_total(label):
            found = f"the total row {quoted(label)} inside a table"
            action = "remove the row, or restore the header above it"
            complaints.add(line, Problem(found, "one total row, at the top", action))


def _check_counts(header_line: int, header: Header, rows: list[tuple[int, str]], complaints: Complaints) -> None:
    """Complain about rows with too few or too many figures.

    Where all rows agree with each other it is the header that is wrong, which is told once.
    """
    expected = len(header.labels)
    counts = {row.count("\t") for _, row in rows}
    if len(rows) > 1 and len(counts) == 1 and counts != {expected}:
        if not header.problems:
            columns, figures = counted(expected, "column"), counted(counts.pop(), "figure")
            found = f"a header of {columns} above rows of {figures}"
            action = "restore the missing month of the header, or the figures of the rows"
            complaints.add(header_line, Problem(found, "one column per figure", action))
        return
    columns = excerpt(", ".join(heading.strip() for heading in header.labels))
    for line, row in rows:
        label, _, figures = row.partition("\t")
        count = figures.count("\t") + 1
        if count != expected:
            action = "restore what is missing" if count < expected else "remove the spare figure or tab"
            found = f"{counted(count, 'figure')} in the row {quoted(label)}"
            complaints.add(line, Problem(found, f"{expected}: {columns}", action))


def _check_cells(line: int, row: str, header: Header, complaints: Complaints) -> None:
    _, *cells = row.split("\t")
    for column, text in enumerate(cells, start=1):
        # An empty cell in a row with too few or too many is that same problem, told already.
        if not is_figure(text) and (text.strip(SPACES) or len(cells) == len(header.labels)):
            complaints.add(line, _figure_problem(text, header.place(column)), column)


def _figure_problem(text: str, place: str) -> Problem:
    """Return what is wrong with a text that is not a figure; `place` names its column for a reader."""
    action = "restore the figure that the report prints"
    bare = text.strip(SPACES)
    if not bare:
        return Problem(f"an empty cell in {place}", _EXPECTED, action, "an empty cell")
    where = f"in the figure {quoted(text)} in {place}"
    if bare in signs_of("unknown"):
        expected = f"{_EXPECTED}: {PUBLISHER} prints no {quoted(bare)} for a figure, so that its meaning is unknown"
        return Problem(f"{quoted(bare)} in {place}", expected, f"look the figure up in {PUBLISHER}'s own file", bare)
    if _TOO_LONG.fullmatch(bare):
        return Problem(f"more than 9 digits {where}", "at most 9 digits", action, "more than 9 digits")
    if strange := _STRANGE_CHARACTER.search(bare.replace("*", "") or bare):
        character = f"the character {described(strange.group())}"
        return Problem(f"{character} {where}", _EXPECTED, action, character)
    if "*" in bare:
        character = f"the character {described('*')} beside others"
        return Problem(f"{character} {where}", _EXPECTED, action, character)
    found = "a space that does not part thousands"
    return Problem(f"{found} {where}", _EXPECTED, action, found)
