"""Header lines: an empty first field, the label of the average, then one month per column."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from loaders.months import month_number, nearest_month
from loaders.row_forms import looks_like_row
from warehouse.errors import Problem, excerpt, quoted
from warehouse.folding import fold, is_near
from warehouse.period import MONTH_NAMES

# "Gjennomsnitt hittil i år" (average so far this year), printed in two words or one, and with scanning noise.
_AVERAGES = (fold("Gjennomsnitt hittil i år"), fold("Gjennomsnitt"))
_LIKENESS = 0.8


@dataclass(frozen=True, slots=True)
class Header:
    """The figure columns of a table as its header line prints them, and what is wrong with them."""

    labels: tuple[str, ...]
    months: tuple[int, ...]
    """Numbers of the months, 1 to 12, in the order printed; only complete if there are no problems."""
    problems: tuple[Problem, ...]

    def place(self, column: int) -> str:
        """Return a figure column (from 1) in words: "column 3 (Februar)"."""
        label = self.labels[column - 1].strip() if column <= len(self.labels) else ""
        return f"column {column} ({excerpt(label)})" if label else f"column {column}"


def is_header(fields: list[str]) -> bool:
    """Return whether the fields of a line after an empty first one are a header, sound or not.

    One field that is neither the average nor a month is indented text; two figures or more are a row that
    lost its label.
    """
    if looks_like_row(fields):
        return False
    return len(fields) > 1 or is_average(fields[0]) or month_number(fields[0]) is not None


@lru_cache(maxsize=1_024)
def read_header(text: str) -> Header:
    """Return the columns of a header line; `text` is what follows its first tab.

    The same text heads every table of an edition, hence the cache.
    """
    labels = tuple(text.split("\t"))
    problems: list[Problem] = []
    has_average = month_number(labels[0]) is None and len(labels) > 1
    if not is_average(labels[0]):
        found = f"the first column {quoted(labels[0].strip())} in the header"
        action = "correct the label of the average" if has_average else "restore the column of averages"
        problems.append(Problem(found, "the average, such as Gjennomsnitt hittil i år", action))
    months, month_problems = _read_months(labels, first_column=2 if has_average else 1)
    return Header(labels, months, (*problems, *month_problems))


def _read_months(labels: tuple[str, ...], first_column: int) -> tuple[tuple[int, ...], list[Problem]]:
    """Return the months that the columns from `first_column` (from 1) on are headed by, and what is wrong."""
    months: list[int] = []
    problems = []
    for column, label in enumerate(labels[first_column - 1 :], start=first_column):
        number = month_number(label)
        if number is None:
            problems.append(_unknown_month(label.strip(), column))
        elif number in months:
            found = f"the month {MONTH_NAMES[number - 1]} a second time, in column {column} of the header"
            problems.append(Problem(found, "each month once", "correct the months of the header"))
        else:
            months.append(number)
    if not months:
        expected = "1 to 12 months after the average"
        problems = [Problem("a header without months", expected, "restore the months of the header")]
    return tuple(months), problems


def is_average(label: str) -> bool:
    """Return whether a label is that of the average, scanning noise allowed."""
    return any(is_near(fold(label), average, _LIKENESS) for average in _AVERAGES)


def is_header_without_tabs(line: str) -> bool:
    """Return whether a line is a header whose tabs were lost: the average, then months."""
    words = line.split()
    if month_number(words[-1]) is None:
        return False
    first_month = next(place for place, word in enumerate(words) if month_number(word) is not None)
    return is_average(" ".join(words[:first_month]))


def _unknown_month(label: str, column: int) -> Problem:
    near = nearest_month(label)
    expected = "a Norwegian month" if near is None else f"a Norwegian month, perhaps {near}"
    if not label:
        found = f"no month in column {column} of the header"
        return Problem(found, expected, "restore the month, or remove the spare tab")
    found = f"the unknown month {quoted(label)} in column {column} of the header"
    return Problem(found, expected, "correct the month")
