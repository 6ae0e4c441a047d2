"""What is not published, and what is said then."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import duckdb
import pytest

from publishers.commands import PUBLISHERS, main
from publishers.fitness import build_file, fit_build
from publishers.publisher import Publisher
from tests.editions import make_figures, render
from tests.publishers.publishing import COUNT, publish
from tests.sample import SAMPLE
from tests.warehouse.warehouse import Warehouse


@pytest.mark.parametrize(
    "part",
    [[], ["run", "-s", "+int_observations"], ["build", "-s", "+int_observations"], ["build", "--exclude", "revisions"]],
    ids=" ".join,
)
def test_a_build_that_does_not_cover_the_loaded_reports_is_refused(
    warehouse: Warehouse, capsys: pytest.CaptureFixture[str], part: list[str]
) -> None:
    assert publish(warehouse) == 0
    before = warehouse.readers_database.read_bytes()
    path = warehouse.folder / "2024-06_oppfolging.txt"
    path.write_bytes(render(make_figures(1, 2024), 6).encode())
    assert warehouse.load(path).returncode == 0
    if part:
        assert warehouse.dbt(*part).returncode == 0
    assert publish(warehouse) == 1
    assert "1 report loaded or removed since the build, or not built to the end" in capsys.readouterr().err
    assert warehouse.readers_database.read_bytes() == before


def test_a_build_whose_rules_fail_leaves_the_old_file(warehouse: Warehouse, capsys: pytest.CaptureFixture[str]) -> None:
    assert publish(warehouse) == 0
    before = warehouse.readers_database.read_bytes()
    with duckdb.connect(warehouse.build_database) as build:
        build.execute("update audit.reconciliation_checks set verdict = 'violated' where rule_code = 'totals_agree'")
    assert publish(warehouse) == 1
    assert "35 checks that do not hold" in capsys.readouterr().err
    assert warehouse.readers_database.read_bytes() == before


def test_an_empty_database_is_no_build(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with duckdb.connect(tmp_path / "empty.duckdb"):
        pass
    assert main(["database", "--from", str(tmp_path / "empty.duckdb"), "--to", str(tmp_path / "t.duckdb")]) == 1
    assert "no table" in capsys.readouterr().err
    assert not (tmp_path / "t.duckdb").exists()


def test_a_damaged_build_is_named_and_not_the_file_of_the_readers(
    warehouse: Warehouse, capsys: pytest.CaptureFixture[str]
) -> None:
    """One block after the other is overwritten: what cannot be read of the build is told of the build."""
    sound, size, block = warehouse.build_database.read_bytes(), warehouse.build_database.stat().st_size, 262_144
    told = []
    for start in range(12_288 + block, size - block, (size // block // 6) * block):
        damaged = bytearray(sound)
        damaged[start + 64 : start + block] = bytes(block - 64)
        warehouse.build_database.write_bytes(damaged)
        warehouse.readers_database.unlink(missing_ok=True)
        if publish(warehouse) == 2:  # the rest are blocks that hold nothing
            told.append(capsys.readouterr().err)
    assert told
    assert all(message.startswith(f"{warehouse.build_database}: found ") for message in told), told


@pytest.mark.parametrize(
    ("source", "target", "words"),
    [
        ("nothing.duckdb", "tiltak.duckdb", "no such file"),
        ("build/tiltak.duckdb", "build", "a folder"),
        ("build/tiltak.duckdb", "build/tiltak.duckdb", "the build itself"),
        ("report.txt", "tiltak.duckdb", "a file of another kind"),
        ("build/tiltak.duckdb", "nowhere/tiltak.duckdb", "no folder"),
        ("build", "tiltak.duckdb", "a folder"),
        ("pipe", "tiltak.duckdb", "a named pipe"),
        ("build/tiltak.duckdb", "pipe", "a named pipe"),
        ("build/tiltak.duckdb", "circle", "cannot be followed"),
    ],
)
def test_files_that_cannot_be_used_are_named(
    warehouse: Warehouse, capsys: pytest.CaptureFixture[str], source: str, target: str, words: str
) -> None:
    shutil.copy(SAMPLE, warehouse.folder / "report.txt")
    os.mkfifo(warehouse.folder / "pipe")
    (warehouse.folder / "circle").symlink_to("circle")
    assert main(["database", "--from", str(warehouse.folder / source), "--to", str(warehouse.folder / target)]) == 2
    told = capsys.readouterr().err
    assert words in told
    assert "--database" not in told


@pytest.mark.parametrize("name", ["marts.duckdb", "main.duckdb", "audit.db"])
def test_a_name_under_which_readers_find_no_table_is_refused(
    warehouse: Warehouse, capsys: pytest.CaptureFixture[str], name: str
) -> None:
    target = warehouse.folder / name
    assert main(["database", "--from", str(warehouse.build_database), "--to", str(target)]) == 2
    assert "rename the file, or give another one" in capsys.readouterr().err
    assert not target.exists()


def test_wrong_usage_exits_with_2() -> None:
    with pytest.raises(SystemExit, match="2"):
        main(["databse"])


def test_another_publisher_is_a_row_of_the_table_and_takes_fit_builds_only(
    warehouse: Warehouse, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def count_reports(source: Path, target: Path) -> str:
        with fit_build(build_file(source), source) as build:
            [(count,)] = build.execute(COUNT).fetchall()
        target.write_text(str(count))
        return f"counted {count}"

    target = warehouse.folder / "count.txt"
    counter = Publisher("count reports", target, "FILE", "their number", count_reports)
    monkeypatch.setitem(PUBLISHERS, "count", counter)
    build = str(warehouse.build_database)
    assert main(["count", "--from", build]) == 0
    assert (target.read_text(), capsys.readouterr().out) == ("1", "counted 1\n")
    target.unlink()
    with duckdb.connect(build) as connection:
        connection.execute("update raw.reports set loaded_at = loaded_at + interval 1 second")
    assert main(["count", "--from", build]) == 1
    assert "expected a build of all reports" in capsys.readouterr().err
    assert main(["count", "--from", f"{build}.missing"]) == 2
    assert "found no such file; expected a build" in capsys.readouterr().err
    assert not target.exists()
