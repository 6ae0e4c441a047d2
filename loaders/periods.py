"""The periods that reports print above their tables: "Januar 2024 - April 2024" and its variants."""

from __future__ import annotations

import re
from datetime import date
from functools import lru_cache

from loaders.months import abbreviated_month, month_number, nearest_month
from warehouse.errors import Problem, quoted
from warehouse.figures import plain_spaces
from warehouse.period import LONGEST_PERIOD, MONTH_NAMES, Period

_YEARS = range(1900, 2200)
_WORD = r"[^\W\d_]+"
_SINGLE_MONTH = re.compile(rf"({_WORD})\s+([0-9]{{4}})")
_TO = r"\s*(?:[-–—]|til(?:\s+og\s+med)?|t\.?\s?o\.?\s?m\.?)\s*"
_PERIOD = re.compile(rf"({_WORD}\.?)(?:\s+([0-9]{{4}}))?{_TO}({_WORD}\.?)\s+([0-9]{{4}})", re.IGNORECASE)
_MONTH_NAME = rf"(?:{'|'.join(name[:3] for name in MONTH_NAMES)}){_WORD}?\.?"
_IN_TITLE = re.compile(
    rf"(?<!\w){_MONTH_NAME}(?:\s+[0-9]{{4}})?{_TO}{_MONTH_NAME}\s+[0-9]{{4}}(?![0-9])|(?<!\w){_WORD}\s+[0-9]{{4}}(?![0-9])",
    re.IGNORECASE,
)
_PAGE_NUMBER = re.compile(r"(?:\t|\s{2,})\s*(?:side\s+)?[0-9]{1,4}(?:\s*(?:/|av)\s*[0-9]{1,4})?\s*$", re.IGNORECASE)
_LONGEST_TITLE = 200


def is_range(line: str) -> bool:
    """Return whether a line prints two months, as against one."""
    return _SINGLE_MONTH.fullmatch(_without_page_number(line)) is None


@lru_cache(maxsize=1_024)
def read_period(line: str) -> Period | Problem | None:
    """Return the period that a line prints, what is wrong with it, or None if the line is other text.

    A line with one month and one year is a period of one month. Two such pairs with a dash between them are a
    period line even if a month is misspelt: overlooking it would put the following tables on the wrong page. The first
    year may be missing, months may be abbreviated, and a page number may follow.
    """
    text = _without_page_number(line)
    if single := _SINGLE_MONTH.fullmatch(text):
        name, year = single.groups()
        if month_number(name) is None:
            return None
        return _period([(name, year)] * 2, text)
    if not (range_ := _PERIOD.fullmatch(text)):
        return None
    first_name, first_year, last_name, last_year = range_.groups()
    known = [name for name in (first_name, last_name) if abbreviated_month(name) is not None]
    if first_year is None:
        if not known:
            return None
        first_year = _year_before(first_name, last_name, last_year)
    return _period([(first_name, first_year), (last_name, last_year)], text)


@lru_cache(maxsize=1_024)
def read_period_in_title(line: str) -> Period | None:
    """Return the period that stands within a line of other words, such as a table's title; None if there is none."""
    if len(line) > _LONGEST_TITLE:
        return None
    for match in _IN_TITLE.finditer(plain_spaces(line)):
        period = read_period(match.group())
        if isinstance(period, Period):
            return period
    return None


def _without_page_number(line: str) -> str:
    return _PAGE_NUMBER.sub("", plain_spaces(line)).strip()


def _year_before(first_name: str, last_name: str, last_year: str) -> str:
    """Return the year that the first month of a period has whose years are printed once, at the end."""
    first, last = abbreviated_month(first_name), abbreviated_month(last_name)
    runs_over_new_year = first is not None and last is not None and first > last
    return f"{int(last_year) - runs_over_new_year:04}"


def _period(pairs: list[tuple[str, str]], text: str) -> Period | Problem:
    months = []
    for name, year in pairs:
        number = abbreviated_month(name)
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
