"""What readers open is replaced whole or not at all."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import duckdb
import pytest

from publishers.commands import PUBLISHERS, main
from publishers.fitness import build_file, fit_build
from publishers.publisher import Publisher
from publishers.tables import ReadersTable
from publishers.writing import add_reports
from tests.database_files import query
from tests.editions import make_figures, render
from tests.sample import PROJECT, SAMPLE
from tests.warehouse.warehouse import Warehouse

COUNT = "select count(*) from raw.reports"


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Warehouse:
    warehouse = Warehouse(tmp_path_factory.mktemp("publishing"))
    assert warehouse.load(SAMPLE).returncode == 0
    assert warehouse.dbt("build").returncode == 0
    return warehouse


@pytest.fixture(scope="module")
def grown(built: Warehouse, tmp_path_factory: pytest.TempPathFactory) -> Warehouse:
    """Return a build with one more edition, of another year, whose figures are made up."""
    warehouse = Warehouse(tmp_path_factory.mktemp("grown"))
    warehouse.build_database.parent.mkdir()
    shutil.copy(built.build_database, warehouse.build_database)
    path = warehouse.folder / "2025-05_oppfolging.txt"
    path.write_bytes(render(make_figures(1, 2025), 5).encode())
    assert warehouse.load(path).returncode == 0
    assert warehouse.dbt("build").returncode == 0
    return warehouse


@pytest.fixture
def warehouse(built: Warehouse, grown: Warehouse, tmp_path: Path) -> Warehouse:
    copy = Warehouse(tmp_path)
    copy.build_database.parent.mkdir()
    shutil.copy(built.build_database, copy.build_database)
    shutil.copy(grown.build_database, copy.build_database.with_name("grown.duckdb"))
    return copy


def publish(warehouse: Warehouse) -> int:
    return main(["database", "--from", str(warehouse.build_database), "--to", str(warehouse.readers_database)])


def add_another_report(warehouse: Warehouse) -> None:
    """Let the build have one more edition."""
    warehouse.build_database.with_name("grown.duckdb").replace(warehouse.build_database)


def test_readers_get_every_layer_with_keys_checks_and_descriptions(warehouse: Warehouse) -> None:
    assert publish(warehouse) == 0
    assert query(warehouse.readers_database, "select distinct schema_name from duckdb_tables() order by 1") == [
        (schema,) for schema in ("audit", "build", "intermediate", "marts", "raw", "reference")
    ]
    keys = "select count(*) from duckdb_constraints() where constraint_type = 'PRIMARY KEY' and schema_name = 'marts'"
    assert query(warehouse.readers_database, keys) == [(22,)]
    star = "select comment from duckdb_tables() where table_name = 'fct_participants_by_county'"
    assert "silently drops suppressed people" in str(query(warehouse.readers_database, star))


def test_readers_get_no_table_that_is_reasoned_from_narrowed_stars(warehouse: Warehouse) -> None:
    """A table outside the marts must be thought of before readers get it: the list is exact."""
    assert publish(warehouse) == 0
    published = query(warehouse.readers_database, "select schema_name || '.' || table_name from duckdb_tables()")
    assert {str(name) for (name,) in published if str(name).startswith(("audit.", "intermediate."))} == {
        "audit.reconciliation_checks", "audit.report_proofs", "audit.revisions", "intermediate.int_observations",
    }  # fmt: skip


def test_a_table_that_no_model_builds_any_more_stays_in_the_build(warehouse: Warehouse) -> None:
    with duckdb.connect(warehouse.build_database) as build:
        build.execute("create table marts.dim_renamed as from localisation.propagated_bounds")
    assert publish(warehouse) == 0
    assert query(warehouse.readers_database, "from duckdb_tables() where table_name = 'dim_renamed'") == []


def test_every_table_and_column_that_readers_find_is_described(warehouse: Warehouse) -> None:
    assert publish(warehouse) == 0
    undescribed = (
        "select table_name, column_name from duckdb_columns() where comment is null and not internal union all "
        "select table_name, '' from duckdb_tables() where comment is null"
    )
    assert query(warehouse.readers_database, undescribed) == []


def test_added_reports_give_the_file_that_writing_it_whole_gives(warehouse: Warehouse) -> None:
    assert publish(warehouse) == 0
    add_another_report(warehouse)
    assert publish(warehouse) == 0
    whole = warehouse.folder / "whole" / "tiltak.duckdb"
    whole.parent.mkdir()
    assert main(["database", "--from", str(warehouse.build_database), "--to", str(whole)]) == 0
    assert_same_tables(warehouse.readers_database, whole)


@pytest.mark.parametrize(
    "change",
    [
        "delete from marts.fct_participants_vintages where month = date '2024-01-01'",
        "update reference.measures set measure_name = 'Mentorer' where measure_code = 'mentor'",
        "create table marts.notes (note varchar)",
        "drop table audit.revisions",
        "delete from raw.reports",
        "update build.built_reports set project_fingerprint = 'another'",
    ],
)
def test_a_published_file_that_somebody_changed_is_written_anew(warehouse: Warehouse, change: str) -> None:
    assert publish(warehouse) == 0
    untouched = warehouse.folder / "untouched.duckdb"
    shutil.copy(warehouse.readers_database, untouched)
    with duckdb.connect(warehouse.readers_database) as readers:
        readers.execute(change)
    assert publish(warehouse) == 0
    assert_same_tables(warehouse.readers_database, untouched)


def assert_same_tables(one: Path, other: Path) -> None:
    """Fail unless two database files have the same tables with the same rows."""
    with duckdb.connect() as connection:
        connection.execute(f"attach '{one}' as one (read_only)")
        connection.execute(f"attach '{other}' as other (read_only)")
        names = "select schema_name, table_name, sql, comment from duckdb_tables() where database_name = ? order by all"
        tables = connection.execute(names, ["one"]).fetchall()
        assert tables == connection.execute(names, ["other"]).fetchall()
        for schema, table, *_ in tables:
            for left, right in (("one", "other"), ("other", "one")):
                difference = f'from {left}."{schema}"."{table}" except all from {right}."{schema}"."{table}"'
                assert connection.execute(difference).fetchall() == [], table


def test_only_the_readers_file_is_left(warehouse: Warehouse) -> None:
    assert publish(warehouse) == 0
    assert sorted(path.name for path in warehouse.folder.iterdir()) == ["build", "tiltak.duckdb"]


def test_a_reader_keeps_its_snapshot_and_a_new_one_sees_the_new_build(warehouse: Warehouse) -> None:
    assert publish(warehouse) == 0
    code = (
        f"import duckdb, sys; reader = duckdb.connect({str(warehouse.readers_database)!r}, read_only=True); "
        f"print(flush=True); sys.stdin.readline(); print(reader.execute({COUNT!r}).fetchall())"
    )
    command = [sys.executable, "-c", code]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as reader:
        assert reader.stdout is not None
        reader.stdout.readline()
        add_another_report(warehouse)
        assert publish(warehouse) == 0
        output, _ = reader.communicate("\n")
    assert output.strip() == "[(1,)]"
    assert query(warehouse.readers_database, COUNT) == [(2,)]


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


def test_a_publisher_killed_at_any_moment_leaves_a_whole_file(warehouse: Warehouse) -> None:
    assert publish(warehouse) == 0
    add_another_report(warehouse)
    command = [
        sys.executable, "-m", "publishers", "database",
        "--from", str(warehouse.build_database), "--to", str(warehouse.readers_database),
    ]  # fmt: skip
    for delay in (0.15, 0.25, 0.3, 0.35, 0.4, 0.45, 0.5, 0.6):
        with subprocess.Popen(command, cwd=PROJECT, stdout=subprocess.DEVNULL) as publisher:
            time.sleep(delay)
            publisher.send_signal(signal.SIGKILL)
        assert query(warehouse.readers_database, COUNT) in ([(1,)], [(2,)])
    assert publish(warehouse) == 0
    assert query(warehouse.readers_database, COUNT) == [(2,)]
    assert sorted(path.name for path in warehouse.folder.glob(".tiltak*")) == []


def test_a_log_left_beside_the_old_file_is_not_applied_to_the_new_one(warehouse: Warehouse) -> None:
    assert publish(warehouse) == 0
    stale = warehouse.readers_database.with_name("tiltak.duckdb.wal")
    stale.write_bytes(b"written by another program")
    add_another_report(warehouse)
    assert publish(warehouse) == 0
    assert query(warehouse.readers_database, COUNT) == [(2,)]


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


def test_an_empty_database_is_no_build(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with duckdb.connect(tmp_path / "empty.duckdb"):
        pass
    assert main(["database", "--from", str(tmp_path / "empty.duckdb"), "--to", str(tmp_path / "t.duckdb")]) == 1
    assert "no table" in capsys.readouterr().err
    assert not (tmp_path / "t.duckdb").exists()


def test_wrong_usage_exits_with_2() -> None:
    with pytest.raises(SystemExit, match="2"):
        main(["databse"])


def test_a_published_file_is_readable_by_all_and_writable_by_none(warehouse: Warehouse) -> None:
    """Root opens it all the same, so that the bits are looked at: of a file written whole, added to and kept."""
    mask = os.umask(0o077)
    try:
        for _ in range(2):
            assert publish(warehouse) == 0
            assert warehouse.readers_database.stat().st_mode & 0o777 == 0o444
        add_another_report(warehouse)
        assert publish(warehouse) == 0
        assert warehouse.readers_database.stat().st_mode & 0o777 == 0o444
    finally:
        os.umask(mask)


@pytest.mark.parametrize("is_there", [True, False])
def test_a_link_is_followed_and_stays(warehouse: Warehouse, is_there: bool) -> None:
    store = warehouse.folder / "store"
    store.mkdir()
    if is_there:
        assert publish(warehouse) == 0
        warehouse.readers_database.rename(store / "tiltak.duckdb")
        add_another_report(warehouse)
    warehouse.readers_database.symlink_to(store / "tiltak.duckdb")
    assert publish(warehouse) == 0
    assert warehouse.readers_database.is_symlink()
    assert [path.name for path in store.iterdir()] == ["tiltak.duckdb"]
    assert query(warehouse.readers_database, COUNT) == ([(2,)] if is_there else [(1,)])


def test_publishers_at_once_come_one_after_the_other(warehouse: Warehouse) -> None:
    """Five start together, round after round, while a reader opens the file again and again."""
    assert publish(warehouse) == 0
    command = [
        sys.executable, "-m", "publishers", "database",
        "--from", str(warehouse.build_database), "--to", str(warehouse.readers_database),
    ]  # fmt: skip
    for _ in range(2):
        with duckdb.connect(warehouse.readers_database) as readers:
            readers.execute("delete from audit.report_proofs")
        at_work = [
            subprocess.Popen(command, cwd=PROJECT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
            for _ in range(5)
        ]
        while any(publisher.poll() is None for publisher in at_work):
            assert query(warehouse.readers_database, COUNT) == [(1,)]
        told = [publisher.communicate()[0] for publisher in at_work]
        assert [publisher.returncode for publisher in at_work] == [0] * 5
        assert sum("published" in text for text in told) == 1
        assert query(warehouse.readers_database, "select count(*) from audit.report_proofs") == [(1,)]
    assert sorted(path.name for path in warehouse.folder.iterdir()) == ["build", "tiltak.duckdb"]


def test_a_file_replaced_meanwhile_is_looked_at_again(warehouse: Warehouse, monkeypatch: pytest.MonkeyPatch) -> None:
    """By a program that knows no lock: what it put there is not overwritten unseen."""
    assert publish(warehouse) == 0
    other = warehouse.folder / "other.duckdb"
    shutil.copy(warehouse.readers_database, other)
    add_another_report(warehouse)
    looks = []

    def replaced_while_writing(source: Path, target: Path, tables: list[ReadersTable], reports: list[str]) -> None:
        looks.append(reports)
        if len(looks) == 1:
            other.replace(warehouse.readers_database)
        add_reports(source, target, tables, reports)

    monkeypatch.setattr("publishers.database.add_reports", replaced_while_writing)
    assert publish(warehouse) == 0
    assert len(looks) == 2
    assert query(warehouse.readers_database, COUNT) == [(2,)]


def test_what_killed_publishers_left_is_removed(warehouse: Warehouse) -> None:
    folder = warehouse.folder / ".tiltak.duckdb.unfinished-1"
    folder.mkdir()
    (folder / "tiltak.duckdb").write_bytes(b"half")
    (warehouse.folder / ".tiltak.duckdb.unfinished.wal").write_bytes(b"half")
    assert publish(warehouse) == 0
    assert sorted(path.name for path in warehouse.folder.iterdir()) == ["build", "tiltak.duckdb"]


def test_a_full_disk_leaves_the_old_file(warehouse: Warehouse, capfd: pytest.CaptureFixture[str]) -> None:
    """A limit on the size of files stands for the disk: the system refuses to write beyond either."""
    assert publish(warehouse) == 0
    before = warehouse.readers_database.read_bytes()
    add_another_report(warehouse)
    command = (
        "import resource, signal, sys; from publishers.commands import main; "
        "signal.signal(signal.SIGXFSZ, signal.SIG_IGN); resource.setrlimit(resource.RLIMIT_FSIZE, (65536, 65536)); "
        f"sys.exit(main(['database', '--from', {str(warehouse.build_database)!r}, "
        f"'--to', {str(warehouse.readers_database)!r}]))"
    )
    assert subprocess.run([sys.executable, "-c", command], cwd=PROJECT, check=False).returncode == 2
    told = capfd.readouterr().err
    assert told.startswith(f"{warehouse.readers_database}: found ")
    assert told.count("\n") == 1
    assert "unfinished" not in told
    assert warehouse.readers_database.read_bytes() == before
    assert sorted(path.name for path in warehouse.folder.iterdir()) == ["build", "tiltak.duckdb"]


def test_an_unchanged_build_leaves_a_file_of_another_owner_alone(
    warehouse: Warehouse, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Only the owner may change a mode, also to what it is."""
    assert publish(warehouse) == 0

    def refuse(*_: object) -> None:
        raise PermissionError(1, "Operation not permitted")

    monkeypatch.setattr(Path, "chmod", refuse)
    assert publish(warehouse) == 0


@pytest.mark.parametrize("name", ["marts.duckdb", "main.duckdb", "audit.db"])
def test_a_name_under_which_readers_find_no_table_is_refused(
    warehouse: Warehouse, capsys: pytest.CaptureFixture[str], name: str
) -> None:
    target = warehouse.folder / name
    assert main(["database", "--from", str(warehouse.build_database), "--to", str(target)]) == 2
    assert "rename the file, or give another one" in capsys.readouterr().err
    assert not target.exists()


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
