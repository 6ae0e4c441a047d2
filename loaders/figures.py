"""What may stand in a cell: a whole number, a space between its thousands, or `*` where it is suppressed."""

import re
from functools import lru_cache

from warehouse.errors import Problem, described, quoted

SPACES = " \u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u205f\u3000"
"""Every space of Unicode that stands within a line: typesetters and tools put one or the other between thousands."""
_TO_PLAIN_SPACES = str.maketrans(dict.fromkeys(SPACES, " "))

# At most nine digits: no count of people is longer, and the number fits an INTEGER. There is one way only to
# read a figure by this expression, so that a long text that fails does not make it try others.
_FIGURE = rf"[{SPACES}]*(?:[0-9]{{1,9}}|\*|[0-9]{{1,3}}(?:[{SPACES}][0-9]{{3}}){{1,2}})[{SPACES}]*"
_ONE = re.compile(_FIGURE)
_TOO_LONG = re.compile(rf"[0-9]{{10,}}|[0-9]{{1,3}}(?:[{SPACES}][0-9]{{3}}){{3,}}")
_STRANGE_CHARACTER = re.compile(rf"[^0-9{SPACES}]")
_EXPECTED = "a whole number such as 1 234, or *"
_SIGNS_OF_OTHERS = {"-", "–", "—", ".", "..", "...", "…", ":", "x", "X"}
"""Signs that other publishers print for a figure; each means something else to each of them."""


def plain_spaces(text: str) -> str:
    """Return `text` with an ordinary space for each space of any kind."""
    return text.translate(_TO_PLAIN_SPACES)


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
    fields = [field for field in plain_spaces(line).strip().split("  ") if field.strip()]
    return len(fields) > 2 and is_figure(fields[-1]) and is_figure(fields[-2])


def figure_problem(text: str, place: str) -> Problem:
    """Return what is wrong with a text that is not a figure; `place` names its column for a reader."""
    action = "restore the figure that the report prints"
    bare = text.strip(SPACES)
    if not bare:
        return Problem(f"an empty cell in {place}", _EXPECTED, action, "an empty cell")
    where = f"in the figure {quoted(text)} in {place}"
    if bare in _SIGNS_OF_OTHERS:
        expected = f"{_EXPECTED}: NAV prints no {quoted(bare)} for a figure, so that its meaning is unknown"
        return Problem(f"{quoted(bare)} in {place}", expected, "look the figure up in NAV's own file", bare)
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
