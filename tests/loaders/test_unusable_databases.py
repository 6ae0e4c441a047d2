"""A database that cannot be used is told plainly, and not one byte of it changes."""

from __future__ import annotations

import os
import resource
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import duckdb
import pytest

from loaders.commands import main
from tests.database_files import digest, query
from tests.loaders.report_texts import excerpt
from tests.sample import PROJECT, SAMPLE
from warehouse.database import explained


@contextmanager
def held(database: Path, *, read_only: bool) -> Iterator[int]:
    """Hold a database file open in another process, whose id this yields."""
    program = (
        "import duckdb, sys; held = duckdb.connect(sys.argv[1], read_only=bool(int(sys.argv[2])));"
        "print(flush=True); sys.stdin.read()"
    )
    command = [sys.executable, "-c", program, str(database), str(int(read_only))]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as holder:
        assert holder.stdout is not None
        holder.stdout.readline()
        yield holder.pid
        holder.communicate()


@pytest.mark.parametrize("read_only", [False, True], ids=["by a writer", "by a reader"])
def test_locked_database_names_its_holder_and_stays(
    database: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], *, read_only: bool
) -> None:
    other = tmp_path / "other.txt"
    other.write_text(excerpt("total_and_one_row"), encoding="utf-8")
    before = digest(database)
    with held(database, read_only=read_only) as pid:
        assert main([str(other), "--database", str(database)]) == 2
    message = capsys.readouterr().err
    assert message.startswith(f"{database}: found a lock held by ")
    assert f"(PID {pid})" in message
    assert "expected no other program to use the database; close that program and try again" in message
    assert digest(database) == before


def test_readers_do_not_hinder_a_run_that_changes_nothing(database: Path, report: Path) -> None:
    with held(database, read_only=True):
        assert main([str(report), "--database", str(database)]) == 0


def test_file_of_another_kind_is_refused_and_stays(
    report: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for content in (b"not a database\n" * 1_000, b"", b"DUCK"):
        database = tmp_path / "other.duckdb"
        database.write_bytes(content)
        assert main([str(report), "--database", str(database)]) == 2
        assert "found a file of another kind; expected a DuckDB database file" in capsys.readouterr().err
        assert database.read_bytes() == content


def test_damaged_database_is_refused_and_stays(database: Path, report: Path) -> None:
    content = bytearray(database.read_bytes())
    content[4_096:12_288] = b"x" * 8_192
    database.write_bytes(content)
    assert main([str(report), "--database", str(database)]) == 2
    assert database.read_bytes() == content


def test_database_of_a_newer_duckdb_is_refused_and_stays(
    database: Path, report: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    content = bytearray(database.read_bytes())
    # DuckDB's main header: a checksum (the exclusive or of all words times a constant), "DUCK", the version.
    checksum, version = (int.from_bytes(content[at : at + 8], "little") for at in (0, 12))
    factor = 0xBF58476D1CE4E5B9
    words = [int.from_bytes(content[8:16], "little"), int.from_bytes(content[16:24], "little")]
    content[12:20] = (version + 1_000).to_bytes(8, "little")
    words += [int.from_bytes(content[8:16], "little"), int.from_bytes(content[16:24], "little")]
    for word in words:
        checksum ^= word * factor % 2**64
    content[0:8] = checksum.to_bytes(8, "little")
    database.write_bytes(content)
    assert main([str(report), "--database", str(database)]) == 2
    assert "found a database of another version of DuckDB" in capsys.readouterr().err
    assert database.read_bytes() == content


def test_folder_or_device_as_database_is_told(report: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main([str(report), "--database", str(tmp_path)]) == 2
    assert f"{tmp_path}: found a folder; expected a DuckDB database file" in capsys.readouterr().err
    assert main([str(report), "--database", os.devnull]) == 2
    assert "found a device or pipe" in capsys.readouterr().err


def test_place_that_cannot_be_written_is_told(report: Path, capsys: pytest.CaptureFixture[str]) -> None:
    if not Path("/proc/self").exists():
        pytest.skip("no /proc on this system")
    assert main([str(report), "--database", "/proc/tiltak.duckdb"]) == 2
    assert "found a database that cannot be written (Cannot open file" in capsys.readouterr().err
    assert main([str(report), "--database", "/proc/new/tiltak.duckdb"]) == 2
    assert "found a folder that cannot be used or made" in capsys.readouterr().err


@pytest.mark.parametrize("size", [1_000, 20_000], ids=["a new file", "the first report"])
def test_full_disk_is_told_first_and_the_next_run_loads_the_rest(tmp_path: Path, size: int) -> None:
    """A limit on the size of files stands for a disk that is full: DuckDB's writing fails in the same way."""
    database = tmp_path / "tiltak.duckdb"
    reports = [SAMPLE, tmp_path / "again.txt"]
    reports[1].write_text(SAMPLE.read_text(encoding="utf-8").replace("2024", "2023"), encoding="utf-8")
    finished = subprocess.run(
        [sys.executable, "-m", "loaders", *map(str, reports), "--database", str(database)],
        cwd=PROJECT,
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (size, size)),
        capture_output=True,
        text=True,
        check=False,
    )
    assert finished.returncode == 2
    assert finished.stderr.startswith(f"{database}: found no room on the disk (")
    assert finished.stderr.endswith("; expected room for the database; make room and run the command again\n")
    assert main([*map(str, reports), "--database", str(database)]) == 0
    assert query(database, "select count(*) from raw.cells group by report_id") == [(1_710,)] * 2


def test_error_that_follows_from_another_is_told_by_the_first() -> None:
    error = duckdb.FatalException(
        "FATAL Error: Failed: database has been invalidated because of a previous fatal error. The database must be "
        'restarted prior to being used again.\nOriginal error: "Could not write file "/x/y": No space left on device"'
    )
    assert "found no room on the disk (Could not write file: No space left on device)" in str(
        explained(error, Path("t.duckdb"))
    )


def test_read_only_database_is_told_and_stays(
    database: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    other = tmp_path / "other.txt"
    other.write_text(excerpt("total_and_one_row"), encoding="utf-8")
    before = digest(database)
    database.chmod(0o444)
    if os.access(database, os.W_OK):
        pytest.skip("this user may write read-only files")
    assert main([str(other), "--database", str(database)]) == 2
    assert "found a database that cannot be written" in capsys.readouterr().err
    assert digest(database) == before


def test_database_with_other_raw_tables_is_told_and_stays(
    report: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    database = tmp_path / "tiltak.duckdb"
    with duckdb.connect(database) as connection:
        connection.execute("create schema raw; create table raw.reports (x integer)")
        connection.execute("create table raw.cells (x integer)")
    before = digest(database)
    assert main([str(report), "--database", str(database)]) == 2
    assert f"{database}: found a database that cannot be used" in capsys.readouterr().err
    assert digest(database) == before


def test_name_that_duckdb_would_interpret_is_a_file(
    report: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    assert main([str(report), "--database", ":memory:"]) == 0
    assert query(tmp_path / ":memory:", "select count(*) from raw.reports") == [(1,)]
