"""What the published figures of an edition tell about its stars."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import groupby
from operator import itemgetter
from typing import Any, NamedTuple, Protocol

from duckdb import DuckDBPyConnection, DuckDBPyRelation

from reasoning.bounds import ContradictionError, exact_bounds
from reasoning.narrowing import narrowing_rules
from reasoning.relations import relation_of
from reasoning.rules import Term, system_of

_TERMS = """
with terms as (
    select report_id, rule_number, rest_lower, rest_upper, unnest(suppressed_cells, recursive := true)
    from rules_of_reports
)

select
    report_id,
    line_number,
    column_number,
    rule_number,
    dense_rank() over (partition by report_id order by line_number, column_number) as star_number,
    coefficient,
    rest_lower,
    rest_upper,
    value_lower,
    value_upper
from terms
order by report_id, rule_number, star_number
"""


class NarrowedStar(NamedTuple):
    """What the rules of a report leave of one star; a row of the model `disclosure_bounds`."""

    report_id: str
    line_number: int
    column_number: int
    is_contradictory: bool
    """Whether the rules of the report contradict each other, so that nothing follows."""
    possible_values: int | None
    """How many numbers it can be; None where contradictory."""
    exact_lower: int | None
    """Smallest number that it can be; None where contradictory or not to be shown."""
    exact_upper: int | None
    """Largest number that it can be; None where contradictory or not to be shown."""
    rule_numbers: list[int]
    """Rules that narrow it."""


_TYPES = {
    "report_id": "varchar",
    "line_number": "integer",
    "column_number": "integer",
    "is_contradictory": "boolean",
    "possible_values": "integer",
    "exact_lower": "integer",
    "exact_upper": "integer",
    "rule_numbers": "integer[]",
}


class DbtConfig(Protocol):
    """What dbt tells a model of its configuration."""

    def meta_get(self, key: str) -> object:
        """Return a value of the model's `meta`."""


class DbtModel(Protocol):
    """What dbt gives a model that is written in Python."""

    config: DbtConfig

    def ref(self, model_name: str) -> DuckDBPyRelation:
        """Return the rows of another model."""


def narrowed_stars(session: DuckDBPyConnection, rules: DuckDBPyRelation, *, show_values: bool) -> DuckDBPyRelation:
    """Return a row per report and star that some of the `rules`, rows of the model `disclosure_rules`, holds.

    Its columns are those of NarrowedStar. What a star can be is in it only if `show_values`.
    """
    terms = rules.query("rules_of_reports", _TERMS).fetchall()
    stars = [
        star if show_values else star._replace(exact_lower=None, exact_upper=None)
        for report_id, of_report in groupby(terms, key=itemgetter(0))
        for star in _stars_of_report(report_id, of_report)
    ]
    return relation_of(session, stars, _TYPES)


def _stars_of_report(report_id: str, rows: Iterable[tuple[Any, ...]]) -> Iterator[NarrowedStar]:
    """Yield the stars of one report by line and column."""
    terms = []
    places = {}
    for _, line_number, column_number, *numbers in rows:
        term = Term(*numbers)
        terms.append(term)
        places[term.cell] = (line_number, column_number)
    system, cells = system_of(terms)
    try:
        bounds = exact_bounds(system, cells)
    except ContradictionError:
        bounds = {}
    for star, place in sorted(places.items()):
        if star in bounds:
            lower, upper = bounds[star]
            exposing = narrowing_rules(system, cells, star, (lower, upper))
            yield NarrowedStar(report_id, *place, False, upper - lower + 1, lower, upper, exposing)
        else:
            yield NarrowedStar(report_id, *place, True, None, None, None, [])
