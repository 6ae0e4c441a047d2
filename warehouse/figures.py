"""How a figure is printed: a whole number, a space between its thousands, or `*` where it is suppressed."""

from __future__ import annotations

import re

SPACES = " \u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u205f\u3000"
"""Every space of Unicode that stands within a line: typesetters and tools put one or the other between thousands."""
_TO_PLAIN_SPACES = str.maketrans(dict.fromkeys(SPACES, " "))

# At most nine digits: no count of people is longer, and the number fits an INTEGER. There is one way only to
# read a figure by this expression, so that a long text that fails does not make it try others.
FIGURE = rf"[{SPACES}]*(?:[0-9]{{1,9}}|\*|[0-9]{{1,3}}(?:[{SPACES}][0-9]{{3}}){{1,2}})[{SPACES}]*"
_ONE = re.compile(FIGURE)


def plain_spaces(text: str) -> str:
    """Return `text` with an ordinary space for each space of any kind."""
    return text.translate(_TO_PLAIN_SPACES)


def is_figure(text: str) -> bool:
    """Return whether a cell's text is a figure; spaces around it do not count."""
    return _ONE.fullmatch(text) is not None
