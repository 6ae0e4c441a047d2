"""The disclosure audit tells which stars are exposed, only when asked, and keeps what it finds from readers."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import duckdb
import pandas as pd
import pytest

from tests.warehouse.project import SAMPLE, Warehouse

CLASSIC = [(1, 1), (1, 2), (2, 1), (2, 2), (2, 3), (3, 3), (3, 4), (4, 3), (4, 4)]
"""Line and column of stars of a table of 4 x 4; each row and column holds two or more."""

PRINTED = 7
"""Every other figure of that table."""

LEFT = 3
"""What each total leaves for the stars of its row or column."""


def audit(warehouse: Warehouse, *arguments: str) -> subprocess.CompletedProcess[str]:
    return warehouse.run(sys.executable, "-m", "auditors", "disclosure", *arguments)


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Warehouse:
    warehouse = Warehouse(tmp_path_factory.mktemp("disclosure"))
    assert warehouse.load(SAMPLE).returncode == 0
    build = warehouse.dbt("build")
    assert build.returncode == 0, build.stdout
    return warehouse


@pytest.fixture(scope="module")
def audited(built: Warehouse, tmp_path_factory: pytest.TempPathFactory) -> Warehouse:
    warehouse = copy_of(built, tmp_path_factory.mktemp("audited"))
    outcome = audit(warehouse)
    assert outcome.returncode == 0, outcome.stderr
    assert "114 suppressed monthly figures: 39 pinned to one value, 33 narrowed, 42 protected" in outcome.stdout
    return warehouse


def copy_of(built: Warehouse, folder: Path) -> Warehouse:
    warehouse = Warehouse(folder)
    warehouse.build_database.parent.mkdir()
    shutil.copy(built.build_database, warehouse.build_database)
    return warehouse


def test_no_build_audits_disclosure_by_itself(built: Warehouse) -> None:
    assert built.query("select table_name from duckdb_tables() where table_name like 'disclosure%'") == []


def test_every_star_is_judged_and_no_value_is_told(audited: Warehouse) -> None:
    assert audited.query(
        "select count(*), count(disclosed_lower), count(disclosed_upper) from audit.disclosure_risk"
    ) == [(142, 0, 0)]
    assert audited.query("select count(*), count(exact_lower), count(exact_upper) from audit.disclosure_bounds") == [
        (142, 0, 0)
    ]
    assert audited.query(
        "select exposure, count(*) from audit.disclosure_risk where period_kind = 'month' group by 1 order by 1"
    ) == [("narrowed", 33), ("pinned", 39), ("protected", 42)]


def test_an_exposed_star_names_rules_and_lines_with_its_own_among_them(audited: Warehouse) -> None:
    assert audited.query(
        "select count(*) from audit.disclosure_risk where (exposure = 'protected') <> (exposing_rules = []) "
        "or exposure <> 'protected' and not list_contains(exposing_line_numbers, line_number)"
    ) == [(0,)]


def test_values_are_shown_when_asked_and_no_reader_sees_any_of_it(built: Warehouse, tmp_path: Path) -> None:
    warehouse = copy_of(built, tmp_path)
    assert warehouse.publish().returncode == 0
    outcome = audit(warehouse, "--show-values")
    assert outcome.returncode == 0, outcome.stderr
    assert warehouse.query(
        "select bool_and(case exposure when 'pinned' then disclosed_lower = disclosed_upper when 'narrowed' "
        "then disclosed_upper - disclosed_lower in (1, 2) else (disclosed_lower, disclosed_upper) = (0, 3) end) "
        "from audit.disclosure_risk"
    ) == [(True,)]
    assert "nothing changed" in warehouse.publish().stdout
    with duckdb.connect(warehouse.readers_database, read_only=True) as readers:
        tables = readers.execute("select table_name from duckdb_tables()").fetchall()
    assert tables
    assert not [name for (name,) in tables if name.startswith("disclosure")]


def classic_terms(report_id: str) -> pd.DataFrame:
    """Return the table's sums as rows of `audit.check_terms`: lines 1 to 4, columns 1 to 4, totals in line or column 5.

    The sums of its rows stand as sums of genders of four measures, those of its columns as sums of measures in four
    months; nothing else is known of the table.
    """
    terms = []
    for one in range(1, 5):
        for axis, rule, breakdown in ((0, "genders_sum_to_measure", "gender"), (1, "measures_sum_to_total", "none")):
            measure = f"row {one}" if axis == 0 else "all"
            month = None if axis == 0 else pd.Timestamp(2024, one, 1)
            stars = sum(place[axis] == one for place in CLASSIC)
            total = PRINTED * (4 - stars) + LEFT
            for other in range(1, 6):
                place = (one, other) if axis == 0 else (other, one)
                bounds = (0, 3) if place in CLASSIC else (total, total) if other == 5 else (PRINTED, PRINTED)
                terms.append((10 * axis + one, rule, measure, breakdown, month, other == 5, *place, *bounds))
    frame = pd.DataFrame(
        terms,
        columns=[
            "instance_key", "rule_code", "measure_code", "breakdown", "month", "is_total", "line_number",
            "column_number", "value_lower", "value_upper",
        ],
    )  # fmt: skip
    return frame.assign(
        is_suppressed=frame.value_lower < frame.value_upper,
        report_id=report_id,
        participant_group_code="all",
        category_code="any",
        is_missing=False,
    )


@pytest.fixture
def classic(built: Warehouse, tmp_path: Path) -> Warehouse:
    """Return a build whose only stars are those of the classic table."""
    warehouse = copy_of(built, tmp_path)
    with duckdb.connect(warehouse.build_database) as build:
        (report_id,) = build.execute("select report_id from intermediate.int_reports").fetchall()[0]
        terms = classic_terms(report_id)
        stars = terms[terms.is_suppressed].drop_duplicates(["line_number", "column_number"])
        stars = stars.assign(is_first_print=True, is_copy_of_total=False, period_kind="month").drop(
            columns=["instance_key", "rule_code", "is_total", "is_missing"]
        )
        for name, frame in (("audit.check_terms", terms), ("intermediate.int_printed_cells", stars)):
            build.register("replacement", frame)
            build.execute(f"delete from {name}")  # noqa: S608 - names above
            build.execute(f"insert into {name} by name select * from replacement")  # noqa: S608
    return warehouse


def test_a_star_is_exposed_though_every_row_and_column_holds_two(classic: Warehouse) -> None:
    """Counting stars in lines misses it: rows 1 and 2 less columns 1 and 2 leave the one star that joins the blocks."""
    outcome = audit(classic, "--show-values")
    assert outcome.returncode == 0, outcome.stderr
    assert "9 suppressed monthly figures: 1 pinned to one value, 0 narrowed, 8 protected" in outcome.stdout
    (exposed,) = classic.query(
        "select line_number, column_number, disclosed_lower, disclosed_upper, len(exposing_rules) "
        "from audit.disclosure_risk where exposure <> 'protected'"
    )
    assert exposed == (2, 3, 0, 0, 4)


def test_contradictory_figures_leave_it_undecided(classic: Warehouse) -> None:
    with duckdb.connect(classic.build_database) as build:
        build.execute("update audit.check_terms set value_lower = 99, value_upper = 99 where line_number = 5")
    outcome = audit(classic)
    assert outcome.returncode == 0, outcome.stderr
    assert "undecided, as the printed figures contradict each other" in outcome.stdout
    assert classic.query("select distinct exposure from audit.disclosure_risk") == [("undecided",)]


def test_a_copy_of_a_total_gives_its_star_away_and_counts_once(classic: Warehouse) -> None:
    with duckdb.connect(classic.build_database) as build:
        for line in (1, 7, 8):
            bounds = "2, 2" if line == 7 else "0, 3"
            build.execute(
                "insert into audit.check_terms by name select report_id, 'totals_agree' as rule_code, "  # noqa: S608
                "99 as instance_key, participant_group_code, category_code, 'copied' as measure_code, "
                f"'none' as breakdown, date '2024-01-01' as month, {line == 1} as is_total, {line} as line_number, "
                f"9 as column_number, is_missing, [{bounds}][1] as value_lower, [{bounds}][2] as value_upper "
                "from audit.check_terms limit 1"
            )
            if line != 7:
                build.execute(
                    "insert into intermediate.int_printed_cells by name select report_id, period_kind, true as "  # noqa: S608
                    f"is_suppressed, {line} as line_number, 9 as column_number, 0 as value_lower, 3 as value_upper, "
                    f"{line == 1} as is_first_print, {line != 1} as is_copy_of_total "
                    "from intermediate.int_printed_cells limit 1"
                )
    outcome = audit(classic)
    assert outcome.returncode == 0, outcome.stderr
    assert "10 suppressed monthly figures: 2 pinned to one value" in outcome.stdout
    assert classic.query(
        "select line_number, is_copy_of_total, exposing_line_numbers from audit.disclosure_risk "
        "where column_number = 9 order by all"
    ) == [(1, False, [1, 7]), (8, True, [1, 7, 8])]


def test_a_database_without_a_build_is_named(tmp_path: Path) -> None:
    warehouse = Warehouse(tmp_path)
    missing = audit(warehouse)
    assert missing.returncode == 1
    assert "found no such file; expected a build" in missing.stderr
    assert warehouse.load(SAMPLE).returncode == 0
    unbuilt = audit(warehouse)
    assert unbuilt.returncode == 1
    assert "found no table audit.check_terms" in unbuilt.stderr
