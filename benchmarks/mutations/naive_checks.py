"""What checks find that a spreadsheet could do: the same sums, copies and averages, but stars taken for numbers.

A check looks at one claim at a time. It knows no intervals, and no claim helps another.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import NamedTuple

import duckdb

from benchmarks.mutations.mutant import Mutant
from benchmarks.mutations.sample import Place, value_of

_OBSERVATIONS = """
select report_id, participant_group_code, measure_code, breakdown, category_code, period_kind, month::varchar,
    line_number, column_number
from intermediate.int_observations
"""


class Claim(NamedTuple):
    """A total and its parts: parts sum to it or, for an average, their mean rounds half up to it."""

    total: Place
    parts: tuple[Place, ...]
    is_average: bool = False


@dataclass(frozen=True, slots=True)
class NaiveCheck:
    """One way of comparing a total with what its parts give."""

    name: str
    passes: Callable[[int, int], bool]
    """Of the total and of what the parts give, a star counting as zero."""
    skips_stars: bool = False
    """True if a claim that holds a star is not checked."""


NAIVE_CHECKS = (
    NaiveCheck("equal, * is 0", lambda total, parts: total == parts),
    NaiveCheck("equal, if no *", lambda total, parts: total == parts, skips_stars=True),
    NaiveCheck("±10", lambda total, parts: abs(total - parts) <= 10),
    NaiveCheck("1 %", lambda total, parts: 100 * abs(total - parts) <= total),
)


def claims_of(connection: duckdb.DuckDBPyConnection, copies: Mapping[str, Mapping[int, int]]) -> dict[str, list[Claim]]:
    """Return the claims of each report, from the observations of a warehouse.

    `copies` has, for each report, the lines that print a total again → the line that prints it first.
    """
    totals: dict[str, dict[tuple[str, ...], Place]] = defaultdict(dict)
    parts: dict[str, dict[tuple[str, ...], list[Place]]] = defaultdict(lambda: defaultdict(list))
    averages: dict[str, dict[tuple[str, ...], Place]] = defaultdict(dict)
    months: dict[str, dict[tuple[str, ...], list[Place]]] = defaultdict(lambda: defaultdict(list))
    for row in connection.execute(_OBSERVATIONS).fetchall():
        report_id, group, measure, breakdown, category, period_kind, month, line_number, column_number = row
        place = Place(line_number, column_number)
        series = (group, measure, breakdown, category)
        if period_kind == "average":
            averages[report_id][series] = place
            continue
        months[report_id][series].append(place)
        if breakdown != "none":
            parts[report_id][group, measure, month, breakdown].append(place)
            continue
        for kind in ("measures", "groups"):
            totals[report_id][group, measure, month, kind] = place
        if measure != "all":
            parts[report_id][group, "all", month, "measures"].append(place)
        if group != "all":
            parts[report_id]["all", measure, month, "groups"].append(place)
    claims = {}
    for report_id, parts_of_totals in parts.items():
        known = totals[report_id]
        sums = [
            Claim(known[group, measure, month, "measures"], tuple(places))
            for (group, measure, month, _), places in parts_of_totals.items()
        ]
        means = [
            Claim(average, tuple(months[report_id][series]), is_average=True)
            for series, average in averages[report_id].items()
        ]
        columns = range(1, 2 + len(next(iter(months[report_id].values()))))
        repeated = [
            Claim(Place(first, column), (Place(line_number, column),))
            for line_number, first in copies[report_id].items()
            for column in columns
        ]
        claims[report_id] = [*sums, *means, *repeated]
    return claims


class NaiveAudit:
    """The naive checks on one clean report, and on its mutants.

    On a clean report they raise alarms of their own, and the mutants of a report that is never clean would all count
    as detected. So a mutant is detected where a claim fails that holds in the clean report.
    """

    def __init__(self, claims: Sequence[Claim], figures: Mapping[Place, str]) -> None:
        """Take the claims of a report and its printed figures."""
        self._values = {place: (value_of(text),) for place, text in figures.items()}
        self._claims_at: dict[Place, list[Claim]] = defaultdict(list)
        for claim in claims:
            for place in (claim.total, *claim.parts):
                self._claims_at[place].append(claim)
        self.false_alarms = {
            check.name: frozenset(claim for claim in claims if not _holds(check, claim, self._values))
            for check in NAIVE_CHECKS
        }
        """Name of the check → the claims that fail in the clean report."""

    def detects(self, mutant: Mutant) -> dict[str, bool]:
        """Return, for the name of each check, whether a claim fails for the mutant alone."""
        changed = {place: tuple(map(value_of, texts)) for place, texts in mutant.figures.items()}
        touched = {claim for place in changed for claim in self._claims_at[place]}
        return {check.name: self._fails_newly(check, touched, changed) for check in NAIVE_CHECKS}

    def _fails_newly(
        self, check: NaiveCheck, claims: Iterable[Claim], changed: Mapping[Place, tuple[int | None, ...]]
    ) -> bool:
        values = {
            place: changed.get(place, self._values[place]) for claim in claims for place in (claim.total, *claim.parts)
        }
        return any(not _holds(check, claim, values) for claim in claims if claim not in self.false_alarms[check.name])


def _holds(check: NaiveCheck, claim: Claim, values: Mapping[Place, tuple[int | None, ...]]) -> bool:
    """Return whether a claim passes; one without its total, or without any part, has nothing to compare."""
    totals = values[claim.total]
    parts = [value for place in claim.parts for value in values[place]]
    if not totals or not parts or (check.skips_stars and None in (*totals, *parts)):
        return True
    given = sum(value or 0 for value in parts)
    if claim.is_average:
        given = int(Fraction(given, len(parts)) + Fraction(1, 2))
    return check.passes(totals[0] or 0, given)
