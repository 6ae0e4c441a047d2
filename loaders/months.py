"""Norwegian months and the periods that reports print: "Januar 2024 - April 2024"."""

import re
from dataclasses import dataclass
from datetime import date
from difflib import get_close_matches
from functools import lru_cache

from loaders.folding import fold
from warehouse.errors import Problem, quoted

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
_YEARS = range(1900, 2200)
_SINGLE_MONTH = re.compile(r"(\w+)\s+([0-9]{4})")
_PERIOD = re.compile(r"(\w+)\s+([0-9]{4})\s*[-–—]\s*(\w+)\s+([0-9]{4})")


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


def nearest_month(name: str) -> str | None:
    """Return the month that a misspelt name most likely means, None if none is near."""
    near = get_close_matches(fold(name)[:20], _NUMBERS, n=1, cutoff=0.6)
    return MONTH_NAMES[_NUMBERS[near[0]] - 1] if near else None


@lru_cache(maxsize=1_024)
def read_period(text: str) -> Period | Problem | None:
    """Return the period that a line prints, what is wrong with it, or None if the line is other text.

    A line with one month and one year is a period of one month. Two such pairs with a dash between them are a
    period line even if a month is misspelt: overlooking it would put the following tables on the wrong page.
    """
    text = text.strip()
    if single := _SINGLE_MONTH.fullmatch(text):
        name, year = single.groups()
        if month_number(name) is None:
            return None
        pairs = [(name, year)] * 2
    elif range_ := _PERIOD.fullmatch(text):
        first_name, first_year, last_name, last_year = range_.groups()
        pairs = [(first_name, first_year), (last_name, last_year)]
    else:
        return None
    months = []
    for name, year in pairs:
        number = month_number(name)
        if number is None:
            return _unknown_month(name, text)
        if int(year) not in _YEARS:
            return Problem(
                f"the year {year} in the period {quoted(text)}",
                f"a year from {_YEARS[0]} to {_YEARS[-1]}",
                "correct the year of the period",
            )
        months.append(date(int(year), number, 1))
    return _checked_period(Period(*months), text)


def _unknown_month(name: str, text: str) -> Problem:
    near = nearest_month(name)
    return Problem(
        f"the unknown month {quoted(name)} in the period {quoted(text)}",
        "two Norwegian months" if near is None else f"perhaps {near}",
        "correct the month of the period",
    )


def _checked_period(period: Period, text: str) -> Period | Problem:
    length = len(period.months)
    if length == 0:
        return Problem(
            f"the period {quoted(text)}, which ends before it begins",
            "the earlier month first",
            "correct the months or years of the period",
        )
    if length > LONGEST_PERIOD:
        return Problem(
            f"the period {quoted(text)} of {length} months",
            f"1 to {LONGEST_PERIOD} months",
            "correct the months or years of the period",
        )
    return period


def _months_since_year_0(month: date) -> int:
    return month.year * 12 + month.month - 1
