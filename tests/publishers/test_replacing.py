"""What readers open is replaced in one step or not at all."""

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

from publishers.tables import ReadersTable
from publishers.writing import add_reports
from tests.database_files import query
from tests.publishers.publishing import COUNT, add_another_report, publish
from tests.sample import PROJECT
from tests.warehouse.warehouse import Warehouse


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
