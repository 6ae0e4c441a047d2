"""What is loaded is listed, and taken out again whole or not at all."""

from __future__ import annotations

import os
import re
from contextlib import closing
from datetime import datetime, timedelta, tzinfo
from pathlib import Path

import duckdb
import pytest

from loaders.commands import main
from tests.database_files import all_rows, digest, query
from tests.loaders.report_texts import excerpt
from tests.loaders.test_command import run
from tests.loaders.test_unusable_databases import held

Output = pytest.CaptureFixture[str]


def write(path: Path, text: str) -> Path:
    """Write a report file, whatever folders it needs, and return its path."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return path


class StoppedClock(datetime):
    """A clock that shows one hour of one day until it is set."""

    hour = 0

    @classmethod
    def now(cls, tz: tzinfo | None = None) -> StoppedClock:
        """Return the time that the clock shows."""
        return cls(2024, 6, 1, cls.hour, tzinfo=tz)


def report_id(path: Path, month: str = "2024-04") -> str:
    """Return the id of a report file."""
    return f"{month}_{digest(path)[:12]}"


@pytest.fixture
def reissue(database: Path, tmp_path: Path, issues: dict[str, int]) -> Path:
    """Return the path of the second issue of the first report, which is loaded too."""
    path = write(tmp_path / "reissue.txt", excerpt("stars").replace("\t18", "\t19"))
    issues[report_id(path)] = 2
    assert main([str(path), "--database", str(database)]) == 0
    return path


@pytest.fixture
def earlier(database: Path, tmp_path: Path) -> Path:
    """Return the path of a report of a period that ends earlier, loaded after the first one."""
    text = excerpt("total_and_one_row").replace("Januar 2024 - April 2024", "Januar 2023 - April 2023")
    path = write(tmp_path / "earlier.txt", text)
    assert main([str(path), "--database", str(database)]) == 0
    return path


def test_list_shows_the_newest_edition_last_and_what_was_issued_again(
    database: Path, report: Path, reissue: Path, earlier: Path, capsys: Output
) -> None:
    capsys.readouterr()
    before = digest(database)
    assert main(["list", "--database", str(database)]) == 0
    titles, *rows, total, note = capsys.readouterr().out.splitlines()
    assert titles.split("  ") == ["edition", *titles.split("  ")[1:]]
    fields = [re.split(r" {2,}", row) for row in rows]
    assert [(field[0], field[1], field[2], field[4]) for field in fields] == [
        ("2023-01 – 2023-04", report_id(earlier, "2023-04"), "earlier.txt", "10"),
        ("2024-01 – 2024-04", report_id(report), "report.txt", "40"),
        ("2024-01 – 2024-04", report_id(reissue), "reissue.txt", "40"),
    ]
    assert [field[5:] for field in fields] == [[], [f"superseded by {report_id(reissue)}"], []]
    assert all(re.fullmatch(r"\d{4}-\d\d-\d\d \d\d:\d\d:\d\d", field[3]) for field in fields)
    assert total == "3 reports, 90 cells; 1 superseded"
    assert note.startswith("superseded: ")
    assert digest(database) == before


def test_a_reissue_loads_beside_the_earlier_one(database: Path, report: Path, reissue: Path) -> None:
    assert query(database, "select report_id, count(*) from raw.cells group by all order by min(rowid)") == [
        (report_id(report), 40),
        (report_id(reissue), 40),
    ]


def test_of_several_issues_the_last_one_supersedes(tmp_path: Path, issues: dict[str, int], capsys: Output) -> None:
    """Ids follow from the content, so their order says nothing of the order of issue."""
    paths = [write(tmp_path / f"{number}.txt", excerpt("stars") + "\n" * number) for number in range(8)]
    issues |= {report_id(path): number for number, path in enumerate(paths, start=1)}
    database = tmp_path / "tiltak.duckdb"
    assert main([*map(str, paths), "--database", str(database)]) == 0
    capsys.readouterr()
    assert main(["list", "--database", str(database)]) == 0
    rows = capsys.readouterr().out.splitlines()[1:9]
    assert [row.split("  ")[2].strip() for row in rows] == [path.name for path in paths]
    last = report_id(paths[-1])
    assert [row.endswith(f"superseded by {last}") for row in rows] == [True] * 7 + [False]


def test_each_report_is_loaded_later_than_those_before_also_where_the_clock_went_back(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, issues: dict[str, int], capsys: Output
) -> None:
    paths = [write(tmp_path / f"{number}.txt", excerpt("stars") + "\n" * number) for number in range(6)]
    issues |= {report_id(path): number for number, path in enumerate(paths, start=1)}
    database = tmp_path / "tiltak.duckdb"
    monkeypatch.setattr("loaders.frames.datetime", StoppedClock)
    for hour, lot in ((12, paths[:2]), (11, paths[2:4]), (0, paths[4:])):
        StoppedClock.hour = hour
        assert main([*map(str, lot), "--database", str(database)]) == 0
    capsys.readouterr()
    assert main(["list", "--database", str(database)]) == 0
    rows = capsys.readouterr().out.splitlines()[1:7]
    assert [row.split("  ")[2].strip() for row in rows] == [path.name for path in paths]
    assert [row.endswith(f"superseded by {report_id(paths[-1])}") for row in rows] == [True] * 5 + [False]
    times = query(database, "select loaded_at - lag(loaded_at) over (order by loaded_at) from raw.reports offset 1")
    assert [time for (time,) in times] == [timedelta(microseconds=1)] * 5


def test_period_of_one_month_is_one_month(tmp_path: Path, capsys: Output) -> None:
    text = excerpt("total_and_one_row").replace("Januar 2024 - April 2024", "Januar 2024")
    text = "\n".join("\t".join(line.split("\t")[:3]) for line in text.split("\n"))
    database = tmp_path / "tiltak.duckdb"
    assert main([str(write(tmp_path / "one.txt", text)), "--database", str(database)]) == 0
    capsys.readouterr()
    assert main(["list", "--database", str(database)]) == 0
    assert capsys.readouterr().out.splitlines()[1].startswith("2024-01  2024-01_")


@pytest.mark.parametrize("command", [["list"], ["remove", "2024"]], ids=["list", "remove"])
def test_where_nothing_is_loaded_it_says_what_to_do(tmp_path: Path, command: list[str], capsys: Output) -> None:
    action = "expected loaded reports; put report files into reports/ and run `python -m loaders`\n"
    missing, empty = tmp_path / "missing" / "tiltak.duckdb", tmp_path / "empty.duckdb"
    assert main([*command, "--database", str(missing)]) == 1
    assert capsys.readouterr() == ("", f"{missing}: found no such file; {action}")
    assert not missing.parent.exists()
    duckdb.connect(empty).close()
    assert main([*command, "--database", str(empty)]) == 1
    assert capsys.readouterr() == ("", f"{empty}: found no report in it; {action}")


@pytest.mark.parametrize("name", ["report_id", "beginning", "file name"])
def test_remove_takes_one_report_out_of_both_tables(
    database: Path, report: Path, reissue: Path, name: str, capsys: Output
) -> None:
    names = {"report_id": report_id(report), "beginning": report_id(report)[:12], "file name": "report.txt"}
    kept = query(database, f"from raw.cells where report_id = '{report_id(reissue)}'")
    capsys.readouterr()
    assert main(["remove", names[name], "--database", str(database)]) == 0
    assert capsys.readouterr() == (
        f"removed {report_id(report)} (report.txt): 40 cells\n"
        "removed 1 report; the marts follow at the next `make build`\n",
        "",
    )
    assert query(database, "select report_id from raw.reports") == [(report_id(reissue),)]
    assert query(database, "from raw.cells") == kept


def test_several_reports_go_together_and_each_once(
    database: Path, report: Path, reissue: Path, earlier: Path, capsys: Output
) -> None:
    capsys.readouterr()
    names = ["report.txt", report_id(report), report_id(earlier, "2023-04"), "report.txt"]
    assert main(["remove", *names, "--database", str(database)]) == 0
    assert "removed 2 reports; " in capsys.readouterr().out
    assert query(database, "select distinct report_id from raw.cells") == [(report_id(reissue),)]


def test_removed_report_can_be_loaded_again(database: Path, report: Path) -> None:
    rows = query(database, "from raw.cells")
    assert main(["remove", "report.txt", "--database", str(database)]) == 0
    assert all_rows(database) == [[], []]
    assert main(["list", "--database", str(database)]) == 1
    assert main([str(report), "--database", str(database)]) == 0
    assert query(database, "from raw.cells") == rows


def test_unknown_and_ambiguous_names_are_all_told_and_nothing_changes(
    database: Path, report: Path, reissue: Path, capsys: Output
) -> None:
    before = digest(database)
    capsys.readouterr()
    assert main(["remove", "report.txt", "2024", "nothing", "' or true; --", "--database", str(database)]) == 1
    both = f"{report_id(report)} (report.txt), {report_id(reissue)} (reissue.txt)"
    unknown = "found no report that is loaded; expected a report_id, the beginning of one, or a file name; "
    assert capsys.readouterr() == (
        "",
        f"2024: found 2 reports, {both}; expected a name of one report; give its report_id\n"
        f"nothing: {unknown}see `python -m loaders list`\n"
        f"' or true; --: {unknown}see `python -m loaders list`\n",
    )
    assert digest(database) == before


def test_two_reports_of_one_file_name_are_told_apart_by_id(
    database: Path, report: Path, tmp_path: Path, issues: dict[str, int], capsys: Output
) -> None:
    again = write(tmp_path / "again" / "report.txt", excerpt("stars").replace("\t18", "\t19"))
    issues[report_id(again)] = 2
    assert main([str(again), "--database", str(database)]) == 0
    assert main(["remove", "report.txt", "--database", str(database)]) == 1
    assert "found 2 reports" in capsys.readouterr().err
    assert main(["remove", report_id(again), "--database", str(database)]) == 0
    assert query(database, "select report_id from raw.reports") == [(report_id(report),)]


def test_of_many_reports_that_a_name_may_mean_a_few_are_told(
    tmp_path: Path, issues: dict[str, int], capsys: Output
) -> None:
    for number in range(9):
        path = write(tmp_path / f"{number}.txt", excerpt("stars") + "\n" * number)
        issues[report_id(path)] = number + 1
    database = tmp_path / "tiltak.duckdb"
    assert main([str(tmp_path), "--database", str(database)]) == 0
    assert main(["remove", "2024-04_", "--database", str(database)]) == 1
    assert "found 9 reports, 2024-04_" in (told := capsys.readouterr().err)
    assert " and 4 more; expected a name of one report" in told


def test_file_that_still_lies_in_the_inbox_is_told(tmp_path: Path) -> None:
    kept = write(tmp_path / "reports" / "2024" / "kept.txt", excerpt("stars"))
    write(tmp_path / "reports" / "other.txt", excerpt("total_and_one_row").replace("2024", "2023"))
    assert run(cwd=tmp_path).returncode == 0
    os.mkfifo(tmp_path / "reports" / "pipe.txt")
    removed = run("remove", "kept.txt", "other.txt", cwd=tmp_path)
    assert (removed.returncode, removed.stderr) == (0, "")
    assert (
        f"reports/2024/kept.txt still holds {report_id(kept)}, and the next `make build` loads it again"
        in removed.stdout
    )
    (tmp_path / "reports" / "pipe.txt").unlink()
    assert run(cwd=tmp_path).returncode == 0
    kept.unlink()
    assert "still holds" not in run("remove", "kept.txt", cwd=tmp_path).stdout


def test_database_that_is_held_can_be_listed_but_not_changed(database: Path, report: Path, capsys: Output) -> None:
    before = digest(database)
    with held(database, read_only=True) as pid:
        assert main(["list", "--database", str(database)]) == 0
        assert report_id(report) in capsys.readouterr().out
        assert main(["remove", "report.txt", "--database", str(database)]) == 2
        assert f"(PID {pid})" in capsys.readouterr().err
    with held(database, read_only=False) as pid:
        for command in (["list"], ["remove", "report.txt"]):
            assert main([*command, "--database", str(database)]) == 2
            assert f"(PID {pid})" in capsys.readouterr().err
    assert digest(database) == before


def test_read_only_database_can_be_listed_but_not_changed(database: Path, capsys: Output) -> None:
    before = digest(database)
    database.chmod(0o444)
    if os.access(database, os.W_OK):
        pytest.skip("this user may write read-only files")
    assert main(["list", "--database", str(database)]) == 0
    assert main(["remove", "report.txt", "--database", str(database)]) == 2
    assert "found a database that cannot be written" in capsys.readouterr().err
    assert digest(database) == before


@pytest.mark.parametrize("command", [["list"], ["remove", "2024"]], ids=["list", "remove"])
def test_file_that_is_no_warehouse_is_refused_and_stays(tmp_path: Path, command: list[str], capsys: Output) -> None:
    other, strange = tmp_path / "other.duckdb", tmp_path / "strange.duckdb"
    other.write_bytes(b"not a database\n" * 1_000)
    with closing(duckdb.connect(strange)) as connection:
        connection.execute(
            "create schema raw; create table raw.reports (x integer); create table raw.cells (x integer)"
        )
    for database, found in ((other, "a file of another kind"), (strange, "a database that cannot be used")):
        before = digest(database)
        assert main([*command, "--database", str(database)]) == 2
        assert f"{database}: found {found}" in capsys.readouterr().err
        assert digest(database) == before


def test_paths_called_like_commands_are_loaded_as_paths(tmp_path: Path) -> None:
    write(tmp_path / "list" / "report.txt", excerpt("stars"))
    write(tmp_path / "remove", excerpt("total_and_one_row").replace("2024", "2023"))
    loaded = run("./list", "remove", "--database", "tiltak.duckdb", cwd=tmp_path)
    assert (loaded.returncode, loaded.stderr) == (0, "")
    assert "loaded 2 reports, 50 cells" in loaded.stdout
    assert run("list", "--database", "tiltak.duckdb", cwd=tmp_path).stdout.count("-01 – 202") == 2


@pytest.mark.parametrize("arguments", [["list", "x"], ["remove"], ["remove", ""], ["list", "--data", "x"]])
def test_wrong_usage_of_a_command_exits_with_two(arguments: list[str], capsys: Output) -> None:
    with pytest.raises(SystemExit) as caught:
        main(arguments)
    assert caught.value.code == 2
    assert f"usage: python -m loaders {arguments[0]} " in capsys.readouterr().err
