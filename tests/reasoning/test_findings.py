"""What the exact layer finds in the audit's tables."""

from __future__ import annotations

import duckdb
import pytest

from reasoning import findings, reports
from reasoning.budget import Budget
from reasoning.rules import Rule
from tests.reasoning.tables import TWO_BLOCKS_AND_A_BRIDGE, Table, star_table, table

IMPOSSIBLE = star_table(TWO_BLOCKS_AND_A_BRIDGE, [4, 4, 4, 4, 4, 4], [4, 4, 5, 4, 4, 3])
POSSIBLE = star_table(TWO_BLOCKS_AND_A_BRIDGE, [4, 4, 5, 4, 4, 4], [4, 4, 4, 5, 4, 4])


Audit = dict[str, duckdb.DuckDBPyRelation]


def audit_of(session: duckdb.DuckDBPyConnection, reports: dict[int, Table], violated: str = "false") -> Audit:
    """Return the audit's tables for some reports, by their keys, before any exact reasoning."""
    session.execute(
        "create table terms (report_key ubigint, rule_key ubigint, cell_key ubigint, coefficient integer, "
        "rule_lower integer, rule_upper integer, cell_lower integer, cell_upper integer)"
    )
    for report_key, (system, cells) in reports.items():
        key = 10_000 * report_key
        for name, rule in system.rules.items():
            for cell, coefficient in rule.coefficients.items():
                session.execute(
                    "insert into terms values (?, ?, ?, ?, ?, ?, ?, ?)",
                    [report_key, key + name, key + cell, coefficient, rule.lower, rule.upper, *cells[cell]],
                )
    nothing = "select null::ubigint as report_key, null::ubigint as cell_key, true as is_missing where false"
    return {
        "rule_terms": session.sql("from terms"),
        "suppressed_terms": session.sql(
            "select *, rule_lower as rest_lower, rule_upper as rest_upper from terms where cell_lower < cell_upper"
        ),
        "complete_rules": session.sql(
            "select distinct report_key, rule_key, rule_lower, rule_upper, "  # noqa: S608
            f"{violated} as is_violated from terms"
        ),
        "propagated_bounds": session.sql(
            "select distinct report_key, cell_key, cell_lower as bound_lower, cell_upper as bound_upper, "
            "false as is_contradiction from terms where cell_lower < cell_upper"
        ),
        "misprinted_cells": session.sql(nothing),
        "single_suspects": session.sql(nothing),
        "rule_rows": session.sql(nothing),
        "printed_places": session.sql(
            "select report_key, cell_key, 1 as table_number, 1 as line_number, 1 as column_number, "
            "false as is_average, false as is_total_row, 'none' as breakdown, 'all' as category_code, "
            "cell_lower, cell_upper from terms where false"
        ),
    }


def test_a_contradiction_that_bounds_hide_is_found_in_its_report_only() -> None:
    with duckdb.connect() as session:
        audit = audit_of(session, {1: POSSIBLE, 2: IMPOSSIBLE})
        rows = findings.exact_findings(session, audit).fetchall()
    assert {row[:2] for row in rows if row[1] == "contradiction"} == {(2, "contradiction")}
    assert sum(row[1] == "contradiction" for row in rows) == len(IMPOSSIBLE.cells)


def test_nothing_is_found_where_all_is_possible() -> None:
    with duckdb.connect() as session:
        assert findings.exact_findings(session, audit_of(session, {1: POSSIBLE})).fetchall() == []


def two_wrong_sums() -> Table:
    printed = {0: (9, 9), 1: (4, 4), 2: (6, 6), 3: (20, 20), 4: (10, 10), 5: (11, 11)}
    return table(printed, Rule({0: -1, 1: 1, 2: 1}, 0, 0), Rule({3: -1, 4: 1, 5: 1}, 0, 0))


def test_smallest_sets_of_a_report_do_not_depend_on_the_others() -> None:
    with duckdb.connect() as session:
        audit = audit_of(session, {1: two_wrong_sums(), 2: two_wrong_sums()}, violated="true")
        found = findings.exact_findings(session, audit).fetchall()
        assert {(report, number) for report, finding, number, *_ in found} == {
            (report, number) for report in (1, 2) for number in (1, 2)
        }


def test_reports_are_read_in_pieces_and_each_with_its_own_lines(monkeypatch: pytest.MonkeyPatch) -> None:
    """Rows of all reports come in one query for rules and one for places, fewer at once than a report has."""
    monkeypatch.setattr(reports, "_ROWS_AT_ONCE", 100)
    with duckdb.connect() as session:
        audit = audit_of(session, dict.fromkeys((1, 2, 3), two_wrong_sums()), violated="report_key <> 2")
        # The last report has many more cells, which stand in no rule: too many for what DuckDB fetches ahead.
        audit["printed_places"] = session.sql(
            "select 3::ubigint as report_key, (100_000 + number)::ubigint as cell_key, 2 as table_number, "
            "1_000 as line_number, number::integer as column_number, false as is_average, false as is_total_row, "
            "'none' as breakdown, 'all' as category_code, 0 as cell_lower, 0 as cell_upper "
            "from range(50_000) as numbers (number) union all "
            "select distinct report_key, cell_key, 1, (100 * report_key + cell_key % 10_000)::integer, 1, false, "
            "false, 'county', cell_key::varchar, cell_lower, cell_upper from terms"
        )
        found = findings.exact_findings(session, audit).project("report_key, finding, line_numbers").fetchall()
    assert [row for row in found if row[1] == "rows_exchanged"] == [
        (1, "rows_exchanged", [100, 104]),
        (3, "rows_exchanged", [300, 304]),
    ]


def test_all_questions_about_a_report_share_its_steps(monkeypatch: pytest.MonkeyPatch) -> None:
    begun: list[Budget] = []

    def budget() -> Budget:
        begun.append(Budget(40))
        return begun[-1]

    monkeypatch.setattr(findings, "Budget", budget)
    with duckdb.connect() as session:
        rows = findings.exact_findings(session, audit_of(session, {1: IMPOSSIBLE})).fetchall()
    assert [row[1] for row in rows] == ["given_up"]
    assert len(begun) == 1
