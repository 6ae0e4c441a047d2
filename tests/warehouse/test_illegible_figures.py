"""A figure that a scan leaves illegible: the rules settle it, or it holds publishing back until a person decides."""

from __future__ import annotations

import csv
import sys
from pathlib import Path

import duckdb
import pytest

from tests.sample import find_line, sample_lines
from tests.warehouse.scanned import Place, scanned
from tests.warehouse.warehouse import Warehouse

LINES = sample_lines()


def place(label: str, total: str, column: int) -> Place:
    return find_line(LINES, label, total), column


MENTOR = place("Mentor", "I alt", 2)
"""297; the rules leave nothing else."""
FINNMARK = place("56 Finnmark - Finnmárku - Finmarkku", "I alt individuell karrierestøtte (ips ung)", 3)
"""A star; the rules leave nothing else."""
AKERSHUS = place("32 Akershus", "I alt arbeid med støtte", 3)
"""613; the rules leave 611 to 614."""
COPY = place("I alt mentor", "I alt mentor", 3)
"""290, a copy of a total."""
WHO = ("--by", "A. Reader", "--reason", "seen on the page")


def auditors(warehouse: Warehouse, *arguments: object) -> tuple[int, str]:
    done = warehouse.run(sys.executable, "-m", "auditors", *map(str, arguments))
    return done.returncode, done.stdout + done.stderr


def readers(warehouse: Warehouse, query: str) -> list[tuple[object, ...]]:
    with duckdb.connect(warehouse.readers_database, read_only=True) as published:
        return published.execute(query).fetchall()


@pytest.fixture(scope="module")
def settled(tmp_path_factory: pytest.TempPathFactory) -> Warehouse:
    """Build and publish a scan whose illegible figures the rules settle."""
    illegible = {
        MENTOR: ("297", "279", "397"),
        FINNMARK: ("*", "4", "8"),
        AKERSHUS: ("613", "813", "673"),
        COPY: ("29?", "", "298"),
    }
    warehouse = scanned(tmp_path_factory.mktemp("settled"), illegible)
    warehouse.build()
    published = warehouse.publish()
    assert published.returncode == 0, published.stderr
    return warehouse


def test_what_the_rules_leave_no_choice_is_restored(settled: Warehouse) -> None:
    assert settled.query(
        "select line_number, column_number, state, settled_text, candidates from audit.illegible_cells order by all"
    ) == [
        (*MENTOR, "proven", "297", "297"),
        (*AKERSHUS, "allowed", "613", "613"),
        (*FINNMARK, "proven", "*", "a star"),
        (*COPY, "proven", "290", "290"),
    ]


def test_readers_see_a_restored_number_as_restored_and_a_restored_star_as_a_star(settled: Warehouse) -> None:
    shown = "participants, participants_lower, participants_upper, participants_text, status"
    mentor = "measure_code = 'mentor' and month = '2024-01-01'"
    assert readers(settled, f"select {shown} from participants where {mentor}") == [(297, 297, 297, "297", "restored")]  # noqa: S608
    finnmark = "measure_code = 'individuell_karrierestotte_ips_ung' and month = '2024-02-01' and county_code = '56'"
    assert readers(settled, f"select {shown} from participants_by_county where {finnmark}") == [  # noqa: S608
        (None, 0, 3, "0–3", "suppressed")
    ]
    statuses = "select status, count(*) from participants_by_county where status = 'restored' group by all"
    assert readers(settled, statuses) == [("restored", 1)]


def test_what_is_published_says_how_many_figures_were_restored_and_not_which_were_in_doubt(settled: Warehouse) -> None:
    [counts] = readers(
        settled,
        "select printed_cells, suppressed_cells, cells_proven_by_rules, cells_allowed_by_rules, "
        "cells_confirmed_by_a_person, illegible_cells from audit.report_proofs",
    )
    assert counts == (1_710, 142, 3, 1, 0, 0)
    tables = {name for (name,) in readers(settled, "select table_name from duckdb_tables()")}
    assert not tables & {"illegible_cells", "settled_cells", "undecided_cells"}
    assert readers(settled, "select count(*) from audit.reconciliation_checks where verdict = 'missing'") == [(0,)]


def test_all_other_facts_are_those_of_the_text(settled: Warehouse, sample_build: Warehouse) -> None:
    figures = (
        "select measure_code, breakdown, category_code, participant_group_code, period_kind, month, "
        "value, value_lower, value_upper, is_suppressed from intermediate.int_observations order by all"
    )
    assert settled.query(figures) == sample_build.query(figures)


def test_what_is_settled_or_no_scan_leaves_nothing_to_look_at(settled: Warehouse, sample_build: Warehouse) -> None:
    code, said = auditors(settled, "scan", "2024-04")
    assert (code, said.strip()) == (0, "2024-04_oppfolging.txt: no figure is left to look at")
    code, said = auditors(settled, "scan", "2024-04", "--database", sample_build.build_database)
    assert code == 1
    assert "found a report that was read from a file of the kind text; expected a scan" in said


@pytest.fixture(scope="module")
def held(tmp_path_factory: pytest.TempPathFactory) -> Warehouse:
    """Build a scan in which one figure stays open."""
    warehouse = scanned(tmp_path_factory.mktemp("held"), {AKERSHUS: ("612", "613", "")})
    assert warehouse.dbt("build").returncode != 0
    return warehouse


def test_an_open_figure_holds_publishing_back_and_is_named_with_what_it_can_be(held: Warehouse) -> None:
    published = held.publish()
    assert published.returncode == 1
    assert "found 1 check that does not hold" in published.stderr or "found 1 check" in published.stderr
    assert not held.readers_database.exists()
    code, said = auditors(held, "verdict")
    assert code == 1
    assert "found 1 figure of the scan that cannot be read for certain; expected none; look at each" in said
    assert f"page 2, line {AKERSHUS[0]}: the figure in column 3 cannot be read for certain (read as 612 or" in said
    assert "    python -m auditors scan 2024-04_" in said
    [(explanation,)] = held.query(
        "select explanation from audit.reconciliation_checks where rule_code = 'figures_are_legible'"
    )
    assert "(read as 612 or 613); the rules leave 611–614; look at it with" in explanation


def test_an_open_figure_is_not_accepted_unasked(held: Warehouse) -> None:
    code, said = auditors(held, "accept", "2024-04", *AKERSHUS, *WHO)
    assert code == 1
    assert "found 611–614, as the rules have it; expected a unique proposal; give the figure with --value" in said
    code, said = auditors(held, "accept", "2024-04", *AKERSHUS, "--value", "6l3", *WHO)
    assert code == 1
    assert "expected a whole number such as 1 234, or *, or ?" in said


def decided(held: Warehouse, folder: Path, value: str) -> Warehouse:
    """Return the warehouse after a person said what the open figure is, built and published."""
    warehouse = held.copy(folder)
    code, said = auditors(warehouse, "accept", "2024-04", *AKERSHUS, "--value", value, *WHO)
    assert code == 0, said
    seed = (warehouse.project / "seeds" / "cell_corrections.csv").read_text(encoding="utf-8")
    assert [row[3:6] for row in csv.reader(seed.splitlines()[1:])] == [["?", value, "seen on the page"]]
    warehouse.build()
    published = warehouse.publish()
    assert published.returncode == 0, published.stderr
    return warehouse


AKERSHUS_FOR_READERS = (
    "select participants, participants_lower, participants_upper, participants_text, status "
    "from participants_by_county "
    "where measure_code = 'arbeid_med_stotte' and month = '2024-02-01' and county_code = '32'"
)


def test_a_person_says_what_an_open_figure_is(held: Warehouse, tmp_path: Path) -> None:
    warehouse = decided(held, tmp_path, "613")
    assert readers(warehouse, AKERSHUS_FOR_READERS) == [(613, 613, 613, "613", "corrected")]
    proofs = "select cells_confirmed_by_a_person, illegible_cells from audit.report_proofs"
    assert readers(warehouse, proofs) == [(1, 0)]
    assert warehouse.query("select state, settled_text from audit.illegible_cells") == [("confirmed", "613")]


def test_a_person_accepts_that_nobody_can_read_a_figure(held: Warehouse, tmp_path: Path) -> None:
    warehouse = decided(held, tmp_path, "?")
    assert readers(warehouse, AKERSHUS_FOR_READERS) == [(None, 0, None, "?", "illegible")]
    proofs = "select cells_confirmed_by_a_person, illegible_cells from audit.report_proofs"
    assert readers(warehouse, proofs) == [(0, 1)]
    assert warehouse.query("select state from audit.illegible_cells") == [("unreadable",)]
    on_2024 = "select participants, participants_upper, status from participants_by_county_2024"
    where = "measure_code = 'arbeid_med_stotte' and month = '2024-02-01' and county_code = '32'"
    assert readers(warehouse, f"{on_2024} where {where}") == [(None, None, "illegible")]


def test_a_figure_that_is_wrong_twice_alike_loses_its_sureness(tmp_path: Path) -> None:
    warehouse = scanned(tmp_path, {})
    with duckdb.connect(warehouse.build_database) as build:
        build.execute(
            "update raw.cells set value_text = '279', readings = ['279', '279', '297'] "
            "where line_number = ? and column_number = ?",
            [*MENTOR],
        )
    assert warehouse.dbt("build").returncode != 0
    assert warehouse.query("select line_number, column_number, state, settled_text from audit.illegible_cells") == [
        (*MENTOR, "accused", "297")
    ]
    assert warehouse.publish().returncode == 1
