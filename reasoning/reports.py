"""The rules of whole reports, read from the audit's tables one report after the other."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from itertools import chain, groupby
from operator import itemgetter
from typing import Any

from duckdb import DuckDBPyConnection, DuckDBPyRelation

from reasoning.rules import Bounds, System, Term, system_of

_ROWS_AT_ONCE = 10_000
"""So many rows of a query become Python's at once: those of a thousand reports would take gigabytes."""
_TERMS_OF_REPORTS = """
select
    terms.report_key,
    terms.rule_key,
    terms.cell_key,
    terms.coefficient,
    rules.rule_lower,
    rules.rule_upper,
    terms.cell_lower,
    terms.cell_upper
from rule_terms as terms
inner join complete_rules as rules on terms.rule_key = rules.rule_key
where terms.report_key in ({reports}) and rules.report_key in ({reports})
order by all
"""


def systems_of_reports(
    session: DuckDBPyConnection, report_keys: Collection[int]
) -> Iterator[tuple[int, System, Bounds]]:
    """Yield some reports in the order of their keys, each with all its rules and with what is printed as cells' bounds.

    `rule_terms` and `complete_rules` are registered in the session.
    """
    if report_keys:
        for report_key, terms in by_report(session.sql(_TERMS_OF_REPORTS.format(reports=listed(report_keys)))):
            yield report_key, *system_of(Term(*term) for term in terms)


def listed(report_keys: Collection[int]) -> str:
    """Return keys as a list in SQL."""
    return ", ".join(str(report_key) for report_key in sorted(report_keys))


def by_report(rows: DuckDBPyRelation) -> Iterator[tuple[int, list[tuple[Any, ...]]]]:
    """Yield each report's rows without its key, from rows in the order of the key, which they begin with."""
    # Executed as a whole: a result that DuckDB streams ends with the next query.
    result = rows.execute()
    fetched = chain.from_iterable(iter(lambda: result.fetchmany(_ROWS_AT_ONCE), []))
    for report_key, of_report in groupby(fetched, key=itemgetter(0)):
        yield report_key, [row[1:] for row in of_report]
