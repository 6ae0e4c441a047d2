"""The period that a report covers, and the months as reports print them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

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


def _months_since_year_0(month: date) -> int:
    return month.year * 12 + month.month - 1
