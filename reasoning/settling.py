"""The illegible figures of the scans in scope, read from the audit's tables, and the rows that say what they are."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping

from duckdb import DuckDBPyConnection, DuckDBPyRelation

from reasoning.legibility import Illegible, settled
from reasoning.relations import relation_of
from reasoning.rules import Term, system_of

_UNDECIDED_CELLS = """
select
    report_key,
    cell_key,
    readings,
    suppression_threshold
from undecided_cells
order by all
"""

_TERMS_OF_OPEN_CELLS = """
select
    report_key,
    rule_key,
    cell_key,
    coefficient,
    rest_lower,
    rest_upper,
    cell_lower,
    cell_upper
from suppressed_terms
where report_key in (select report_key from undecided_cells)
order by all
"""

_SETTLED = {
    "report_key": "ubigint",
    "cell_key": "ubigint",
    "state": "varchar",
    "settled_lower": "integer",
    "settled_upper": "integer",
}


def settled_cells(session: DuckDBPyConnection, audit: Mapping[str, DuckDBPyRelation]) -> DuckDBPyRelation:
    """Return one row per illegible cell: its state, and between which numbers it lies; see `reasoning.legibility`.

    `audit` has `undecided_cells` (report_key, cell_key, readings, suppression_threshold) and `suppressed_terms`.
    """
    for name, relation in audit.items():
        session.register(name, relation)
    try:
        illegible: defaultdict[int, dict[int, Illegible]] = defaultdict(dict)
        for report_key, cell, readings, threshold in session.execute(_UNDECIDED_CELLS).fetchall():
            illegible[report_key][cell] = Illegible(tuple(readings or ()), threshold)
        terms: defaultdict[int, list[Term]] = defaultdict(list)
        if illegible:
            for report_key, *term in session.execute(_TERMS_OF_OPEN_CELLS).fetchall():
                terms[report_key].append(Term(*term))
    finally:
        for name in audit:
            session.unregister(name)
    rows = [
        (report_key, cell, figure.state, figure.lower, figure.upper)
        for report_key, cells in illegible.items()
        for cell, figure in settled(*system_of(terms[report_key]), cells).items()
    ]
    return relation_of(session, rows, _SETTLED)
