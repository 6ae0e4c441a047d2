"""The illegible figures of the scans in scope, read from the audit's tables, and the rows that say what they are."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping

from duckdb import DuckDBPyConnection, DuckDBPyRelation

from reasoning.legibility import Illegible, settled
from reasoning.relations import relation_of
from reasoning.reports import systems_of_reports
from reasoning.rules import System

_UNDECIDED_CELLS = """
select
    report_key,
    cell_key,
    readings,
    suppression_threshold
from undecided_cells
order by all
"""

_ACCUSED_CELLS = """
select report_key, cell_key from single_suspects
union
select report_key, cell_key from exact_findings
where finding in ('explanation', 'contradiction') and cell_key is not null
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

    `audit` has `undecided_cells` (report_key, cell_key, readings, suppression_threshold), `rule_terms`,
    `complete_rules`, `single_suspects` and `exact_findings`. A figure that was read twice alike, but that the rules
    accuse, is open as well: it says nothing of the illegible ones beside it.
    """
    for name, relation in audit.items():
        session.register(name, relation)
    try:
        illegible: defaultdict[int, dict[int, Illegible]] = defaultdict(dict)
        for report_key, cell, readings, threshold in session.execute(_UNDECIDED_CELLS).fetchall():
            illegible[report_key][cell] = Illegible(tuple(readings or ()), threshold)
        accused: defaultdict[int, list[int]] = defaultdict(list)
        if illegible:
            for report_key, cell in session.execute(_ACCUSED_CELLS).fetchall():
                accused[report_key].append(cell)
        systems = {
            report_key: (system, printed) for report_key, system, printed in systems_of_reports(session, illegible)
        }
    finally:
        for name in audit:
            session.unregister(name)
    rows = []
    for report_key, cells in illegible.items():
        system, printed = systems.get(report_key, (System({}), {}))
        found = settled(system, printed, cells, accused[report_key])
        rows += [(report_key, cell, figure.state, figure.lower, figure.upper) for cell, figure in found.items()]
    return relation_of(session, rows, _SETTLED)
