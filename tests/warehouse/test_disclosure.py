"""The disclosure audit tells which stars are exposed, only when asked, and keeps what it finds from readers."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import duckdb
import pandas as pd
import pytest

from tests.sample import SAMPLE
from tests.warehouse.warehouse import Warehouse

CLASSIC = [(1, 1), (1, 2), (2, 1), (2, 2), (2, 3), (3, 3), (3, 4), (4, 3), (4, 4)]
"""Line and column of stars of a table of 4 x 4; each row and column holds two or more."""

PRINTED = 7
"""Every other figure of that table."""

LEFT = 3
"""What each total leaves for the stars of its row or column."""

PLACES = [(row, column) for row in range(1, 5) for column in range(1, 5)]

CELL_COLUMNS = ["line_number", "value_lower", "value_upper"]

TABLES = {
    "rule_rows": "rules.rule_rows",
    "printed_cells": "intermediate.int_printed_cells",
    "printed_rows": "intermediate.int_printed_rows",
}
"""What the reasoning on stars starts from."""


def audit(warehouse: Warehouse, *arguments: str) -> subprocess.CompletedProcess[str]:
    return warehouse.run(sys.executable, "-m", "auditors", "disclosure", *arguments)


@pytest.fixture(scope="module")
def audited(sample_build: Warehouse, tmp_path_factory: pytest.TempPathFactory) -> Warehouse:
    warehouse = sample_build.copy(tmp_path_factory.mktemp("audited"))
    outcome = audit(warehouse)
    assert outcome.returncode == 0, outcome.stderr
    assert "114 suppressed monthly figures: 39 pinned to one value, 33 narrowed, 42 protected" in outcome.stdout
    return warehouse


def test_no_build_audits_disclosure_by_itself(sample_build: Warehouse) -> None:
    assert sample_build.query("select table_name from duckdb_tables() where table_name like 'disclosure%'") == []


def test_every_star_is_judged_and_no_value_is_told(audited: Warehouse) -> None:
    assert audited.query(
        "select count(*), count(disclosed_lower), count(disclosed_upper) from disclosure.disclosure_risk"
    ) == [(142, 0, 0)]
    counts = "count(*), count(exact_lower), count(exact_upper)"
    assert audited.query(f"select {counts} from disclosure.disclosure_bounds") == [(142, 0, 0)]  # noqa: S608
    assert audited.query(
        "select exposure, count(*) from disclosure.disclosure_risk where period_kind = 'month' group by 1 order by 1"
    ) == [("narrowed", 33), ("pinned", 39), ("protected", 42)]


def test_an_exposed_star_names_rules_and_lines_with_its_own_among_them(audited: Warehouse) -> None:
    assert audited.query(
        "select count(*) from disclosure.disclosure_risk where (exposure = 'protected') <> (exposing_rules = []) "
        "or exposure <> 'protected' and not list_contains(exposing_line_numbers, line_number)"
    ) == [(0,)]


def test_values_are_shown_when_asked_and_no_reader_sees_any_of_it(sample_build: Warehouse, tmp_path: Path) -> None:
    warehouse = sample_build.copy(tmp_path)
    assert warehouse.publish().returncode == 0
    outcome = audit(warehouse, "--show-values")
    assert outcome.returncode == 0, outcome.stderr
    assert warehouse.query(
        "select bool_and(case exposure when 'pinned' then disclosed_lower = disclosed_upper when 'narrowed' "
        "then disclosed_upper - disclosed_lower in (1, 2) else (disclosed_lower, disclosed_upper) = (0, 3) end) "
        "from disclosure.disclosure_risk"
    ) == [(True,)]
    assert "nothing changed" in warehouse.publish().stdout
    with duckdb.connect(warehouse.readers_database, read_only=True) as readers:
        tables = readers.execute("select table_name from duckdb_tables()").fetchall()
    assert tables
    assert not [name for (name,) in tables if name.startswith("disclosure")]


def classic_sums() -> pd.DataFrame:
    """Return the table's sums as rows of `rules.rule_rows`: the figure of row 2, column 3 stands in line 23.

    The sums of its rows stand as sums of genders of four measures, with their totals in lines 15 to 45; those of its
    columns as sums of measures, with their totals in lines 51 to 54. Nothing else is known of the table.
    """
    rows = []
    for one in range(1, 5):
        for other in range(1, 6):
            rows.append((one, "genders_sum_to_measure", f"row {one}", "gender", other == 5, 10 * one + other))
            rows.append((10 + one, "measures_sum_to_total", "all", "none", other == 5, 10 * other + one))
    columns = ["subject_key", "rule_code", "measure_code", "breakdown", "is_total", "line_number"]
    frame = pd.DataFrame(rows, columns=columns)
    return frame.assign(participant_group_code="all", is_missing=False, row_key=frame.line_number, row_count=5)


def classic_cells() -> pd.DataFrame:
    """Return the table's figures and totals as rows of `intermediate.int_printed_cells`, all of one month."""
    cells = {10 * row + column: (0, 3) if (row, column) in CLASSIC else (PRINTED, PRINTED) for row, column in PLACES}
    for one in range(1, 5):
        for axis, line_number in ((0, 10 * one + 5), (1, 50 + one)):
            total = PRINTED * (4 - sum(place[axis] == one for place in CLASSIC)) + LEFT
            cells[line_number] = (total, total)
    return cells_frame(cells)


def cells_frame(cells: dict[int, tuple[int, int]]) -> pd.DataFrame:
    """Return cells, line → interval, as rows of `intermediate.int_printed_cells`."""
    frame = pd.DataFrame([(line, *bounds) for line, bounds in cells.items()], columns=CELL_COLUMNS)
    return frame.assign(
        is_suppressed=frame.value_lower < frame.value_upper,
        row_key=frame.line_number,
        column_number=2,
        period_kind="month",
        month=pd.Timestamp(2024, 1, 1),
    )


def rows_frame(roles: dict[int, str]) -> pd.DataFrame:
    """Return rows, line → role, as rows of `intermediate.int_printed_rows`."""
    frame = pd.DataFrame(list(roles.items()), columns=["line_number", "row_role"])
    return frame.assign(row_key=frame.line_number, participant_group_code="all", measure_code="any")


def print_more(warehouse: Warehouse, **tables: pd.DataFrame) -> None:
    """Add rows, of the report that is loaded, to tables of a build, and work out again what follows for its stars."""
    with duckdb.connect(warehouse.build_database) as build:
        (report_id,) = build.execute("select report_id from intermediate.int_reports").fetchall()[0]
        for name, frame in tables.items():
            build.register("more", frame.assign(report_id=report_id))
            build.execute(f"insert into {TABLES[name]} by name select * from more")  # noqa: S608 - names above
    follow(warehouse)


def follow(warehouse: Warehouse) -> None:
    """Work out again what follows for the stars of a build from the rows of its tables."""
    run = warehouse.dbt("run", "--full-refresh", "--select", "rule_terms rule_sums suppressed_terms")
    assert run.returncode == 0, run.stdout


@pytest.fixture(scope="module")
def classic_build(sample_build: Warehouse, tmp_path_factory: pytest.TempPathFactory) -> Warehouse:
    """Return a build whose only stars are those of the classic table."""
    warehouse = sample_build.copy(tmp_path_factory.mktemp("classic"))
    with duckdb.connect(warehouse.build_database) as build:
        for name in TABLES.values():
            build.execute(f"delete from {name}")  # noqa: S608 - names above
    cells = classic_cells()
    rows = rows_frame(dict.fromkeys(cells.line_number, "observation"))
    print_more(warehouse, rule_rows=classic_sums(), printed_cells=cells, printed_rows=rows)
    return warehouse


@pytest.fixture
def classic(classic_build: Warehouse, tmp_path: Path) -> Warehouse:
    return classic_build.copy(tmp_path)


def test_a_star_is_exposed_though_every_row_and_column_holds_two(classic: Warehouse) -> None:
    """Counting stars in lines misses it: rows 1 and 2 less columns 1 and 2 leave the one star that joins the blocks."""
    outcome = audit(classic, "--show-values")
    assert outcome.returncode == 0, outcome.stderr
    assert "9 suppressed monthly figures: 1 pinned to one value, 0 narrowed, 8 protected" in outcome.stdout
    (exposed,) = classic.query(
        "select line_number, disclosed_lower, disclosed_upper, len(exposing_rules), exposing_rules[1] "
        "from disclosure.disclosure_risk where exposure <> 'protected'"
    )
    assert exposed == (
        23, 0, 0, 4, "genders_sum_to_measure: measure row 1 by gender 2024-01 (lines 11, 12, 13, 14, 15)"
    )  # fmt: skip


def test_contradictory_figures_leave_it_undecided(classic: Warehouse) -> None:
    with duckdb.connect(classic.build_database) as build:
        build.execute(
            "update intermediate.int_printed_cells set value_lower = 99, value_upper = 99 where line_number > 50"
        )
    follow(classic)
    outcome = audit(classic)
    assert outcome.returncode == 0, outcome.stderr
    assert "undecided, as the printed figures contradict each other" in outcome.stdout
    assert classic.query("select distinct exposure from disclosure.disclosure_risk") == [("undecided",)]


def test_a_copy_of_a_total_gives_its_star_away_and_counts_once(classic: Warehouse) -> None:
    roles = {61: "observation", 67: "copy_of_total", 68: "copy_of_total"}
    printed = rows_frame(roles)
    print_more(
        classic,
        printed_rows=printed,
        printed_cells=cells_frame({61: (0, 3), 67: (2, 2), 68: (0, 3)}),
        rule_rows=pd.DataFrame(
            {
                "rule_code": "totals_agree",
                "subject_key": 99,
                "is_total": printed.row_role == "observation",
                "is_missing": False,
                "line_number": printed.line_number,
                "row_key": printed.row_key,
                "row_count": 3,
            }
        ),
    )
    outcome = audit(classic)
    assert outcome.returncode == 0, outcome.stderr
    assert "10 suppressed monthly figures: 2 pinned to one value" in outcome.stdout
    assert classic.query(
        "select line_number, is_copy_of_total, exposing_line_numbers from disclosure.disclosure_risk "
        "where line_number > 60 order by all"
    ) == [(61, False, [61, 67]), (68, True, [61, 67, 68])]


def test_a_database_without_a_build_is_named(tmp_path: Path) -> None:
    warehouse = Warehouse(tmp_path)
    missing = audit(warehouse)
    assert missing.returncode == 2
    assert "found no such file; expected a build" in missing.stderr
    assert warehouse.load(SAMPLE).returncode == 0
    unbuilt = audit(warehouse)
    assert unbuilt.returncode == 2
    assert "localisation.suppressed_terms; expected a whole build" in unbuilt.stderr
