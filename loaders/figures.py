"""What may stand in a cell: a whole number, a space between its thousands, or `*` where it is suppressed."""

import re
from functools import lru_cache

from warehouse.errors import Problem, described, quoted

SPACES = " \u00a0\u2009\u202f"
"""Ordinary, no-break, thin and narrow no-break space: what typesetters put between thousands."""

# At most nine digits: no count of people is longer, and the number fits an INTEGER. There is one way only to
# read a figure by this expression, so that a long text that fails does not make it try others.
_FIGURE = rf"[{SPACES}]*(?:[0-9]{{1,9}}|\*|[0-9]{{1,3}}(?:[{SPACES}][0-9]{{3}}){{1,2}})[{SPACES}]*"
_ONE = re.compile(_FIGURE)
_TOO_LONG = re.compile(rf"[0-9]{{10,}}|[0-9]{{1,3}}(?:[{SPACES}][0-9]{{3}}){{3,}}")
_STRANGE_CHARACTER = re.compile(rf"[^0-9{SPACES}]")
_EXPECTED = "a whole number such as 1 234, or *"


def is_figure(text: str) -> bool:
    """Return whether a cell's text is a figure; spaces around it do not count."""
    return _ONE.fullmatch(text) is not None


@lru_cache
def rows_pattern(figures: int) -> re.Pattern[str]:
    """Return the expression for rows that have a label and so many figures each, joined by line feeds."""
    row = rf"[^\t\n]*(?:\t{_FIGURE}){{{figures}}}"
    return re.compile(rf"{row}(?:\n{row})*")


def looks_like_row(fields: list[str]) -> bool:
    """Return whether fields after a label are figures of a row, and not the page of a table of contents.

    A row has two at least, the average and a month.
    """
    return sum(map(is_figure, fields)) > 1


def looks_like_row_without_tabs(line: str) -> bool:
    """Return whether a line without tabs is a row whose tabs became spaces.

    Two spaces or more must stand before each of its last two figures: one space parts words and thousands.
    """
    for space in SPACES[1:]:
        line = line.replace(space, " ")
    fields = [field for field in line.strip().split("  ") if field.strip()]
    return len(fields) > 2 and is_figure(fields[-1]) and is_figure(fields[-2])


def figure_problem(text: str, place: str) -> Problem:
    """Return what is wrong with a text that is not a figure; `place` names its column for a reader."""
    action = "restore the figure that the report prints"
    bare = text.strip(SPACES)
    if not bare:
        return Problem(f"an empty cell in {place}", _EXPECTED, action)
    where = f"in the figure {quoted(text)} in {place}"
    if _TOO_LONG.fullmatch(bare):
        return Problem(f"more than 9 digits {where}", "at most 9 digits", action)
    if strange := _STRANGE_CHARACTER.search(bare.replace("*", "") or bare):
        return Problem(f"the character {described(strange.group())} {where}", _EXPECTED, action)
    if "*" in bare:
        return Problem(f"the character {described('*')} beside others {where}", _EXPECTED, action)
    return Problem(f"a space that does not part thousands {where}", _EXPECTED, action)
