"""Which of several reports of one period and family counts: a person says so by a row of `report_issues.csv`.

Neither the name of a file nor the time at which it was loaded tells a correction from the original.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from warehouse.errors import Complaint, Problem, RefusedError, counted, printable, quoted
from warehouse.period import Period
from warehouse.seeds import rows_of_seed

SEED = "report_issues"
FIRST = 1
"""The issue of a report of which no row says another."""


@dataclass(frozen=True, slots=True)
class Issued:
    """A report, and the period and family for which only one report of each issue may stand."""

    report_id: str
    file_name: str
    period: Period
    family_code: str | None


def issue_numbers() -> dict[str, int]:
    """Return the issue of each report that the code list names. Raises RefusedError for each row that is damaged."""
    numbers: dict[str, int] = {}
    complaints = []
    for line, row in rows_of_seed(SEED):
        report_id, number, reason = (row.get(name) or "" for name in ("report_id", "issue_number", "reason"))
        if not number.isdecimal() or int(number) < FIRST:
            problem = Problem(f"the issue {quoted(number)}", "a whole number from 1", "say which issue the report is")
        elif not reason.strip():
            problem = Problem("no reason", "a reason", "say why the report is that issue")
        elif report_id in numbers:
            problem = Problem(f"a second row for {quoted(report_id)}", "one row for each report", "remove one")
        else:
            numbers[report_id] = int(number)
            continue
        complaints.append(Complaint(f"seeds/{SEED}.csv", line, problem))
    if complaints:
        raise RefusedError(tuple(complaints))
    return numbers


def undecided(reports: Iterable[Issued]) -> list[RefusedError]:
    """Return an error for each issue of a period and family of which there are several reports.

    Raises RefusedError where the code list is damaged.
    """
    numbers = issue_numbers()
    alike: dict[tuple[Period, str | None, int], list[Issued]] = defaultdict(list)
    highest: dict[tuple[Period, str | None], int] = defaultdict(lambda: FIRST)
    for report in reports:
        number = numbers.get(report.report_id, FIRST)
        alike[report.period, report.family_code, number].append(report)
        highest[report.period, report.family_code] = max(highest[report.period, report.family_code], number)
    return [
        _refusal(sorted(several, key=lambda report: report.report_id), highest[period, family] + 1)
        for (period, family, _), several in sorted(alike.items(), key=lambda item: str(item[0]))
        if len(several) > 1
    ]


def _refusal(reports: list[Issued], next_issue: int) -> RefusedError:
    names = " and ".join(f"{printable(report.file_name)} ({report.report_id})" for report in reports[:3])
    more = f" and {len(reports) - 3:,} more" if len(reports) > 3 else ""
    rows = " or ".join(f"`{report.report_id},{next_issue},REASON`" for report in reports[:3])
    problem = Problem(
        f"{counted(len(reports), 'report')} of {reports[0].period}, {names}{more}",
        "one, or a row that says which was issued later and so counts",
        f"add the row of the one that was issued later to seeds/{SEED}.csv ({rows}), "
        "or take the other out by `python -m loaders remove`, and out of the inbox",
    )
    return RefusedError((Complaint(printable(reports[0].file_name), None, problem),))
