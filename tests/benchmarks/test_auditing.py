"""What the audit's tables say of a report is what is counted; a real run, on a few mutants, counts something."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator

import duckdb
import pytest

from benchmarks.building import PROJECT
from benchmarks.commands import main
from benchmarks.mutations.auditing import Suspect, findings_in
from benchmarks.mutations.mutant import Kind


@pytest.fixture
def connection() -> Iterator[duckdb.DuckDBPyConnection]:
    with duckdb.connect() as connection:
        connection.execute("create schema audit")
        connection.execute(
            "create table audit.reconciliation_checks as from (values ('clean', 'proven'), ('clean', 'possible'), "
            "('wrong', 'proven'), ('wrong', 'violated'), ('short', 'missing')) as checks (report_id, verdict)"
        )
        yield connection


def test_a_violated_or_missing_check_is_an_alarm(connection: duckdb.DuckDBPyConnection) -> None:
    found = findings_in(connection, 1.0)
    assert found.alarmed == {"wrong", "short"}
    assert not found.localises


def test_only_a_candidate_without_rivals_is_a_suspect(connection: duckdb.DuckDBPyConnection) -> None:
    connection.execute(
        "create table audit.suspect_cells as from (values ('sole', 15, 2, '5 207', 3, 1, 5297, 5297), "
        "('rivals', 15, 2, '1', 1, 2, 4, 9), ('rivals', 16, 2, '1', 1, 2, 4, 9), "
        "('set', 15, 2, '1', 1, 1, 4, 9), ('set', 16, 2, '1', 1, 1, 4, 9)) as cells (report_id, line_number, "
        "column_number, value_text, explained_checks, candidates, proposed_lower, proposed_upper)"
    )
    found = findings_in(connection, 1.0)
    assert found.localises
    assert found.suspects == {"sole": Suspect(15, 2, 5_297, 5_297)}


def test_a_quick_look_prints_every_kind_and_no_false_alarm() -> None:
    command = [sys.executable, "-m", "benchmarks", "mutations", "--share", "0.0005"]
    result = subprocess.run(command, cwd=PROJECT, capture_output=True, text=True, check=False, timeout=300)
    assert result.returncode == 0, result.stderr
    assert result.stderr == ""
    for kind in Kind:
        assert f"\n{kind} " in result.stdout
    assert "the sample and 1 generated edition: audit 0," in result.stdout


@pytest.mark.parametrize("arguments", [["mutation"], ["mutations", "--share", "0"], ["mutations", "--share", "2"]])
def test_an_unknown_benchmark_or_share_is_refused(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as stopped:
        main(arguments)
    assert stopped.value.code == 2
    assert arguments[-1] in capsys.readouterr().err
