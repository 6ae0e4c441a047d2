"""Which month a name means."""

from __future__ import annotations

from difflib import get_close_matches

from warehouse.figures import without_footnote_mark
from warehouse.folding import fold
from warehouse.period import MONTH_NAMES

_NUMBERS = {fold(name): number for number, name in enumerate(MONTH_NAMES, start=1)}


def month_number(name: str) -> int | None:
    """Return 1 to 12 for a Norwegian month name in any case, with or without the mark of a footnote, else None."""
    return _NUMBERS.get(fold(without_footnote_mark(name)))


def abbreviated_month(name: str) -> int | None:
    """Return 1 to 12 for a month's name or its first three letters or more, as in "jan." and "sept."."""
    folded = fold(name.rstrip("."))
    near = [number for month, number in _NUMBERS.items() if len(folded) > 2 and month.startswith(folded)]
    return near[0] if len(near) == 1 else None


def nearest_month(name: str) -> str | None:
    """Return the month that a misspelt name most likely means, None if none is near."""
    near = get_close_matches(fold(name)[:20], _NUMBERS, n=1, cutoff=0.6)
    return MONTH_NAMES[_NUMBERS[near[0]] - 1] if near else None
