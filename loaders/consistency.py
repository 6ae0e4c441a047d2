"""One report is consistent where its pages print one period, and its headers the months of that period."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence

from loaders.headers import Header
from warehouse.errors import Complaints, Problem, counted
from warehouse.period import MONTH_NAMES, Period


def agree_on_period(periods: Sequence[tuple[int, Period]], complaints: Complaints) -> Period | None:
    """Return the period that most pages print, and complain about others; entries are (line number, period).

    Returns None if there is no page. The majority decides, so that one damaged page is one complaint
    wherever it is; of two periods printed equally often, the first.
    """
    if not periods:
        return None
    [(period, pages)] = Counter(period for _, period in periods).most_common(1)
    for line, other in periods:
        if other != period:
            problem = Problem(
                f"the period {other}",
                f"{period}, as on {counted(pages, 'other page')}",
                "correct the period, or give each report as a file of its own",
            )
            complaints.add(line, problem)
    return period


def check_headers(headers: Iterable[tuple[int, Header]], period: Period, complaints: Complaints) -> None:
    """Complain about each header whose months are not the period's; entries are (line number, header).

    Headers that cannot be read have had their complaints already.
    """
    expected = period.months
    for line, header in headers:
        if header.months != expected and not header.problems:
            problem = Problem(
                f"a header with {_in_words(header.months)}",
                f"{_in_words(expected)}, as the page's period {period} says",
                "correct the months of the header, or the period",
            )
            complaints.add(line, problem)


def _in_words(months: tuple[int, ...]) -> str:
    return f"{counted(len(months), 'month')} ({', '.join(MONTH_NAMES[month - 1] for month in months)})"
