"""The questions that bounds leave open, read from the audit's tables, and the rows that answer them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from typing import Any, NamedTuple, Protocol

from duckdb import DuckDBPyConnection, DuckDBPyRelation

from reasoning.budget import Budget, GaveUpError
from reasoning.changes import Change
from reasoning.explaining import Explained, single_cells
from reasoning.feasibility import contradictory_cells
from reasoning.judging import judged
from reasoning.mending import changes_that_mend
from reasoning.printed import PrintedCell
from reasoning.relations import relation_of
from reasoning.reports import by_report, listed, systems_of_reports
from reasoning.rules import Bounds, System, Term, system_of

_OPEN_STARS = """
with

undecided_reports as (

    select report_key from propagated_bounds
    group by report_key
    having bool_or(bound_lower < bound_upper) and not bool_or(is_contradiction)
    except
    select report_key from complete_rules where is_violated

),

undecided_stars as (

    select * from propagated_bounds
    where report_key in (select report_key from undecided_reports)

)

select
    terms.report_key,
    terms.rule_key,
    terms.cell_key,
    terms.coefficient,
    terms.rest_lower,
    terms.rest_upper,
    stars.bound_lower,
    stars.bound_upper
from suppressed_terms as terms
inner join undecided_stars as stars on terms.cell_key = stars.cell_key
"""

_UNEXPLAINED_REPORTS = """
select
    wrong.report_key,
    misprinted_cells.cell_key
from (
    select report_key from complete_rules where is_violated
    union
    select report_key from propagated_bounds where is_contradiction
    union
    select report_key from misprinted_cells
) as wrong
left join misprinted_cells on wrong.report_key = misprinted_cells.report_key
where
    wrong.report_key not in (select report_key from single_suspects)
    and wrong.report_key not in (select report_key from rule_rows where is_missing)
order by all
"""

_PLACES_OF_REPORTS = """
select
    report_key,
    cell_key,
    table_number,
    line_number,
    column_number,
    is_average,
    is_total_row,
    breakdown,
    category_code,
    cell_lower,
    cell_upper
from printed_places
where report_key in ({reports})
order by report_key
"""


_FINDINGS = {
    "report_key": "ubigint",
    "finding": "varchar",
    "set_number": "integer",
    "cell_key": "ubigint",
    "bound_lower": "bigint",
    "bound_upper": "bigint",
    "is_certain": "boolean",
    "certain_lower": "bigint",
    "certain_upper": "bigint",
    "line_numbers": "integer[]",
    "column_numbers": "integer[]",
}


class _Finding(NamedTuple):
    """A row with the columns of _FINDINGS."""

    report_key: int
    finding: str
    set_number: int = 0
    cell_key: int | None = None
    bound_lower: int | None = None
    bound_upper: int | None = None
    is_certain: bool | None = None
    certain_lower: int | None = None
    certain_upper: int | None = None
    line_numbers: list[int] | None = None
    column_numbers: list[int] | None = None


class DbtModel(Protocol):
    """What dbt gives a model that is written in Python."""

    def ref(self, model_name: str) -> DuckDBPyRelation:
        """Return the rows of another model."""


def exact_findings(session: DuckDBPyConnection, audit: Mapping[str, DuckDBPyRelation]) -> DuckDBPyRelation:
    """Return what exact reasoning finds in the audit's tables, one row per report, finding, set and cell.

    The finding `contradiction` has the stars that no numbers fit though bounds do not show it; `explanation` has the
    cells that would explain a report's violated rules where propagation found no single one, and whether each of them
    is certain; `given_up` says that the search in a report took too many steps to be finished. `rows_exchanged` and the
    other kinds of `reasoning.changes`, and `lines_misread`, are changes of the whole report that explain it.
    """
    for name, relation in audit.items():
        session.register(name, relation)
    try:
        rows = [*_hidden_contradictions(session), *_sets_that_explain(session)]
    finally:
        for name in audit:
            session.unregister(name)
    return relation_of(session, rows, _FINDINGS)


def _hidden_contradictions(session: DuckDBPyConnection) -> list[_Finding]:
    """Look for stars that no whole numbers fit in the reports that bounds do not refute."""
    found: dict[int, set[int]] = {}
    budgets: dict[int, Budget] = {}
    rows = []
    for report_key, (system, cells) in _systems(session.execute(_OPEN_STARS).fetchall()).items():
        budget = budgets[report_key] = Budget()
        try:
            if contradictory := contradictory_cells(system, cells, budget):
                found[report_key] = contradictory
        except GaveUpError:
            rows.append(_given_up(report_key))
    for report_key, system, cells, printed in _reports(session, found):
        stars, budget = found[report_key], budgets[report_key]
        rows += [_Finding(report_key, "contradiction", cell_key=cell) for cell in sorted(stars)]
        single = single_cells(system, cells, stars, budget)
        rows += _rows_of(report_key, single)
        if not single.explanations:
            rows += _rows_of_changes(report_key, changes_that_mend(system, cells, printed, budget))
    return rows


def _sets_that_explain(session: DuckDBPyConnection) -> list[_Finding]:
    """Look for what explains the wrong reports that have all their rows but no single explaining cell."""
    misprinted: dict[int, set[int]] = {}
    for report_key, cell in session.execute(_UNEXPLAINED_REPORTS).fetchall():
        misprinted.setdefault(report_key, set()).update([] if cell is None else [cell])
    rows = []
    for report_key, system, cells, printed in _reports(session, misprinted):
        changes, sets = judged(system, cells, printed, misprinted[report_key])
        rows += _rows_of_changes(report_key, changes) + _rows_of(report_key, sets)
    return rows


def _reports(
    session: DuckDBPyConnection, report_keys: Collection[int]
) -> Iterator[tuple[int, System, Bounds, list[PrintedCell]]]:
    """Yield some reports, each with all its rules, with what is printed as the cells' bounds, and all printed cells."""
    if not report_keys:
        return
    places = by_report(session.sql(_PLACES_OF_REPORTS.format(reports=listed(report_keys))))
    of_report, printed = next(places, (None, []))
    for report_key, system, cells in systems_of_reports(session, report_keys):
        while of_report is not None and of_report < report_key:
            of_report, printed = next(places, (None, []))
        yield report_key, system, cells, [PrintedCell(*cell) for cell in printed] if of_report == report_key else []


def _systems(rows: list[tuple[Any, ...]]) -> dict[int, tuple[System, Bounds]]:
    """Return the rules and the cells' bounds of each report from rows of terms, which name both in full."""
    terms: defaultdict[int, list[Term]] = defaultdict(list)
    for report_key, *term in rows:
        terms[report_key].append(Term(*term))
    return {report_key: system_of(of_report) for report_key, of_report in sorted(terms.items())}


def _rows_of(report_key: int, explained: Explained) -> list[_Finding]:
    rows = []
    for number, explanation in enumerate(explained.explanations, start=1):
        for cell, interval in explanation.cells.items():
            certain = explained.certain.get(cell) or (None, None)
            rows.append(
                _Finding(report_key, "explanation", number, cell, *interval, cell in explained.certain, *certain)
            )
    return [*rows, _given_up(report_key)] if explained.is_given_up else rows


def _rows_of_changes(report_key: int, changes: Iterable[Change]) -> list[_Finding]:
    return [
        _Finding(report_key, change.kind, number, line_numbers=list(change.lines), column_numbers=list(change.columns))
        for number, change in enumerate(changes, start=1)
    ]


def _given_up(report_key: int) -> _Finding:
    return _Finding(report_key, "given_up")
