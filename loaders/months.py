"""Norwegian months, and the periods that reports cover."""

from dataclasses import dataclass
from datetime import date
from difflib import get_close_matches

from loaders.folding import fold

MONTH_NAMES = (
    "Januar",
    "Februar",
    "Mars",
    "April",
    "Mai",
    "Juni",
    "Juli",
    "August",
    "September",
    "Oktober",
    "November",
    "Desember",
)
LONGEST_PERIOD = 12
"""Months. Columns are headed by months without a year, so a longer period would print a month twice."""

_NUMBERS = {fold(name): number for number, name in enumerate(MONTH_NAMES, start=1)}


@dataclass(frozen=True, slots=True)
class Period:
    """The months a report covers; `start` and `end` are the first days of its first and last month."""

    start: date
    end: date

    @property
    def months(self) -> tuple[int, ...]:
        """Return the numbers (1 to 12) of the months from start to end, both included."""
        first, last = _months_since_year_0(self.start), _months_since_year_0(self.end)
        return tuple(month % 12 + 1 for month in range(first, last + 1))

    def __str__(self) -> str:
        """Return the period as a report prints it."""
        start, end = (f"{MONTH_NAMES[month.month - 1]} {month.year}" for month in (self.start, self.end))
        return start if start == end else f"{start} - {end}"


def month_number(name: str) -> int | None:
    """Return 1 to 12 for a Norwegian month name in any case, None for any other text."""
    return _NUMBERS.get(fold(name))


def abbreviated_month(name: str) -> int | None:
    """Return 1 to 12 for a month's name or its first three letters or more, as in "jan." and "sept."."""
    folded = fold(name.rstrip("."))
    near = [number for month, number in _NUMBERS.items() if len(folded) > 2 and month.startswith(folded)]
    return near[0] if len(near) == 1 else None


def nearest_month(name: str) -> str | None:
    """Return the month that a misspelt name most likely means, None if none is near."""
    near = get_close_matches(fold(name)[:20], _NUMBERS, n=1, cutoff=0.6)
    return MONTH_NAMES[_NUMBERS[near[0]] - 1] if near else None


def _months_since_year_0(month: date) -> int:
    return month.year * 12 + month.month - 1
