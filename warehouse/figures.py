"""How a figure is printed: a whole number, a space between its thousands, or a sign where it is suppressed.

Which signs a publisher prints is said by the seed `symbols`. A figure may bear the mark of a footnote.
"""

from __future__ import annotations

import re
from functools import cache

from warehouse.seeds import rows_of_seed

PUBLISHER = "NAV"
"""Whose reports are read; the same sign means something else to another publisher."""

ILLEGIBLE = "?"
"""How `raw.cells` has a figure of a scan on which no two readings agree; no report prints it, and no text may."""

SPACES = " \u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u205f\u3000"
"""Every space of Unicode that stands within a line: typesetters and tools put one or the other between thousands."""
_TO_PLAIN_SPACES = str.maketrans(dict.fromkeys(SPACES, " "))

_SUPERSCRIPTS = "\u00b9\u00b2\u00b3\u2070\u2074-\u2079"
FOOTNOTE_MARK = rf"(?:[{SPACES}]*[{_SUPERSCRIPTS}†‡§]{{1,3}}\)?|[{SPACES}][0-9a-z]\))"
"""The mark of a footnote after a figure, a month or a label: superscripts, daggers, or one sign and a bracket."""
_MARK_AT_END = re.compile(rf"(?:{FOOTNOTE_MARK}|[{SPACES}]*[*∗])$")

# At most nine digits: no count of people is longer, and the number fits an INTEGER. There is one way only to
# read a figure by this expression, so that a long text that fails does not make it try others. Zero is no figure.
_NUMBER = rf"(?:[1-9][0-9]{{0,8}}|0[0-9]{{1,8}}|[0-9]{{1,3}}(?:[{SPACES}][0-9]{{3}}){{1,2}})"


def figure_pattern() -> str:
    """Return the expression of a figure, spaces around it included."""
    return _figure().pattern


def signs_of(meaning: str) -> frozenset[str]:
    """Return the signs by which the publisher means this: `suppressed`, or `unknown` where it prints none of them."""
    return frozenset(
        row["symbol"]
        for _, row in rows_of_seed("symbols")
        if (row["publisher"], row["meaning"]) == (PUBLISHER, meaning)
    )


def plain_spaces(text: str) -> str:
    """Return `text` with an ordinary space for each space of any kind."""
    return text.translate(_TO_PLAIN_SPACES)


def is_figure(text: str) -> bool:
    """Return whether a cell's text is a figure; spaces around it do not count."""
    return _figure().fullmatch(text) is not None


def without_footnote_mark(text: str) -> str:
    """Return the text of a heading without the mark of a footnote at its end."""
    return _MARK_AT_END.sub("", text.rstrip(SPACES))


@cache
def _figure() -> re.Pattern[str]:
    """Return the expression of a figure, made once in a process: thousands of cells are held against it a report."""
    signs = sorted(map(re.escape, signs_of("suppressed")), key=len, reverse=True)
    return re.compile(rf"[{SPACES}]*(?:{'|'.join(signs)}|{_NUMBER})(?:{FOOTNOTE_MARK})?[{SPACES}]*")
