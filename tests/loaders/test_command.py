"""The command as a user types it: arguments, exit codes, and what is printed where."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from loaders.commands import main
from tests.database_files import digest, query
from tests.loaders.report_texts import excerpt
from tests.sample import PROJECT, SAMPLE


def run(*arguments: str | Path, cwd: Path = PROJECT, **environment: str) -> subprocess.CompletedProcess[str]:
    """Run `python -m loaders` in a process of its own."""
    return subprocess.run(
        [sys.executable, "-m", "loaders", *arguments],
        cwd=cwd,
        env={**os.environ, "PYTHONPATH": str(PROJECT), **environment},
        capture_output=True,
        encoding="utf-8",
        check=False,
    )


def test_reports_folder_is_loaded_into_the_build_database_by_default(tmp_path: Path) -> None:
    (tmp_path / "reports").mkdir()
    (tmp_path / "reports" / SAMPLE.name).write_bytes(SAMPLE.read_bytes())
    (tmp_path / "reports" / "README.md").write_text("# Reports", encoding="utf-8")
    first = run(cwd=tmp_path, TILTAK_DATABASE="")
    report_id = f"2024-04_{digest(SAMPLE)[:12]}"
    path = f"reports/{SAMPLE.name}"
    assert (first.returncode, first.stderr) == (0, "")
    assert first.stdout == (
        f"loaded {path} as {report_id}: 1,710 cells\nloaded 1 report, 1,710 cells; 0 already loaded; 0 rejected\n"
    )
    second = run(cwd=tmp_path, TILTAK_DATABASE="")
    assert (second.returncode, second.stderr) == (0, "")
    assert second.stdout == (
        f"already loaded {path} as {report_id}: nothing changed\n"
        "loaded 0 reports, 0 cells; 1 already loaded; 0 rejected\n"
    )
    assert query(tmp_path / "build" / "tiltak.duckdb", "select count(*) from raw.cells") == [(1_710,)]


def test_environment_names_another_database(tmp_path: Path) -> None:
    database = tmp_path / "a" / "b.duckdb"
    assert run(SAMPLE, TILTAK_DATABASE=str(database)).returncode == 0
    assert query(database, "select count(*) from raw.reports") == [(1,)]


def test_check_reads_and_writes_nothing(tmp_path: Path) -> None:
    database, bad = tmp_path / "tiltak.duckdb", tmp_path / "bad.txt"
    bad.write_text(excerpt("stars").replace("\t18", "\tl8"), encoding="utf-8")
    checked = run(SAMPLE, bad, "--check", "--database", database)
    assert checked.returncode == 1
    assert checked.stdout.endswith("checked 1 report, 1,710 cells; 1 rejected\n")
    assert checked.stderr.startswith(f"{bad}:12: found the character")
    assert not database.exists()


def test_terminal_without_the_letters_of_a_label_gets_the_message(tmp_path: Path) -> None:
    bad = tmp_path / "dårlig.txt"
    bad.write_text(excerpt("stars").replace("I alt Andre på", "Andre på"), encoding="utf-8")
    finished = run(bad, "--check", PYTHONIOENCODING="ascii", PYTHONUTF8="0")
    assert finished.returncode == 1
    assert "Andre p\\xe5 tiltak" in finished.stderr


def test_progress_is_shown_on_a_terminal_only(tmp_path: Path) -> None:
    pty, termios = pytest.importorskip("pty"), pytest.importorskip("termios")
    for number in range(30):
        (tmp_path / f"{number}.txt").write_text(excerpt("stars").replace("2024", str(1990 + number)), encoding="utf-8")
    piped = run(tmp_path, "--check")
    assert (piped.stderr, piped.stdout) == ("", "checked 30 reports, 1,200 cells; 0 rejected\n")
    leader, follower = pty.openpty()
    termios.tcsetwinsize(follower, (24, 80))
    os.set_blocking(leader, False)
    command = [sys.executable, "-m", "loaders", str(tmp_path), "--check"]
    subprocess.run(command, cwd=PROJECT, stdout=subprocess.DEVNULL, stderr=follower, check=True)
    shown = os.read(leader, 100_000)
    os.close(follower)
    os.close(leader)
    assert b"reports: " in shown


@pytest.mark.parametrize(
    "arguments", [["--unknown"], ["--database"], ["--database", ""], ["--data", "x"], [""], ["--check=1"]]
)
def test_wrong_usage_exits_with_two(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as caught:
        main(arguments)
    assert caught.value.code == 2
    assert "usage: python -m loaders" in capsys.readouterr().err


def test_missing_path_is_one_rejection(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    database = tmp_path / "tiltak.duckdb"
    assert main([str(tmp_path / "nothing"), str(SAMPLE), "--database", str(database)]) == 1
    output = capsys.readouterr()
    assert output.err == f"{tmp_path / 'nothing'}: found no such file; expected a report file; check the path\n"
    assert "loaded 1 report, 1,710 cells" in output.out


def test_nothing_to_load_says_what_to_do(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main([str(tmp_path), "--database", str(tmp_path / "tiltak.duckdb")]) == 1
    assert "found no report in the folder; expected report files; put a report there" in capsys.readouterr().err
    assert list(tmp_path.iterdir()) == []


def test_file_name_that_is_no_text_is_loaded_and_told(tmp_path: Path) -> None:
    path = os.fsencode(tmp_path) + b"/\xff\n.txt"
    try:
        Path(os.fsdecode(path)).write_text(excerpt("stars"), encoding="utf-8")
    except OSError:
        pytest.skip("file names must be text on this system")
    finished = run(tmp_path, "--database", tmp_path / "tiltak.duckdb")
    assert (finished.returncode, finished.stderr) == (0, "")
    assert query(tmp_path / "tiltak.duckdb", "select file_name from raw.reports") == [(r"\udcff\u000a.txt",)]
