"""The verdict on a build that failed: the cause first, a screenful, and the way to mend it that works when typed."""

from __future__ import annotations

import csv
import re
import shlex
import subprocess
from dataclasses import replace
from pathlib import Path

import pytest

from auditors.commands import main
from auditors.failures import FailedReport, FailedRule, Failures, Suspect
from auditors.verdict import verdict
from tests.sample import PROJECT, sample_lines, with_cell, write_report
from tests.warehouse.warehouse import Warehouse

HEADINGS = ["Gjennom snitt hittil i år", "Januar", "Februar", "Mars", "April"]
SLIP = Suspect(1, 1, 1, 18, 2, "Mentor", HEADINGS, ["302", "279", "290", "300", "322"], 297, 297, False, True)
SUM = FailedRule("genders_sum_to_measure", 1, False, ("r.txt:18: measure mentor by gender: the parts sum to 297",))
TOGETHER = FailedRule("rules_hold_together", 1, False, ("r.txt:18: no numbers satisfy all rules at once",))


def told(*suspects: Suspect, rules: tuple[FailedRule, ...] = (SUM, TOGETHER), is_given_up: bool = False) -> list[str]:
    return verdict(Failures((), (), (), (FailedReport("2024-04_0123456789ab", "r.txt", rules, suspects, is_given_up),)))


def test_a_unique_figure_is_named_with_its_line_and_a_row_to_paste() -> None:
    lines = told(SLIP)
    assert lines[0] == "r.txt:18: found 279 in column 2 (Januar); expected 297, with which every rule holds"
    assert lines[2] == "    Mentor   302   [279]   290   300   322"
    assert "    python -m auditors accept 2024-04_0123456789ab 18 2 --by NAME --reason TEXT" in lines
    assert any(re.fullmatch(r"    2024-04_0123456789ab,18,2,279,297,TEXT,NAME,\d{4}-\d\d-\d\d", line) for line in lines)


def test_a_star_is_proposed_as_a_star_never_as_what_it_hides() -> None:
    text = "\n".join(told(replace(SLIP, lower=2, upper=2, is_star=True)))
    assert "expected a star" in text
    assert ",279,*,TEXT" in text
    assert "2, with" not in text


def test_figures_that_explain_as_well_are_all_shown_and_none_is_accepted_unasked() -> None:
    other = replace(SLIP, set_number=2, line_number=42, sets=2, lower=5, upper=9)
    lines = told(replace(SLIP, sets=2, is_only_explanation=False), replace(other, is_only_explanation=False))
    assert "which may be any of 2" in lines[0]
    assert lines[2:4] == [
        "    line 18: Mentor   302   [279]   290   300   322  → 297",
        "    line 42: Mentor   302   [279]   290   300   322  → a number from 5 to 9",
    ]
    assert any("--value FIGURE" in line for line in lines)


def test_a_change_of_the_whole_report_comes_before_single_figures() -> None:
    change = "r.txt:18: lines 18 (Mentor) and 30 (Mentor) print each other's figures"
    pair = tuple(replace(SLIP, cells_in_set=2, line_number=line) for line in (18, 30))
    report = FailedReport("2024-04_0123456789ab", "r.txt", (SUM,), pair, False, (change, "r.txt:1: another"))
    lines = verdict(Failures((), (), (), (report,)))
    assert lines[:2] == [change, "r.txt:1: another"]
    assert not any("auditors accept" in line for line in lines)


def test_what_is_certain_stands_first_and_the_others_as_perhaps() -> None:
    certain = replace(SLIP, cells_in_set=2, sets=2, is_certain=True)
    lines = told(certain, replace(certain, is_certain=False, line_number=19))
    assert "found 2 wrong figures at least (1 for certain), in the first of 2 ways to explain it" in lines[0]
    shown = [line for line in lines if "Mentor" in line]
    assert shown[0].startswith("    line 18: Mentor")
    assert shown[1].startswith("    perhaps line 19: Mentor")


def test_sets_of_figures_show_one_set() -> None:
    pair = [replace(SLIP, cells_in_set=2, sets=2), replace(SLIP, cells_in_set=2, sets=2, line_number=19)]
    rival = [replace(suspect, set_number=2, line_number=99) for suspect in pair]
    text = "\n".join(told(*pair, *rival))
    assert "found 2 wrong figures at least, in the first of 2 ways to explain it" in text
    assert "line 99" not in text


def test_causes_stand_before_what_follows_from_them() -> None:
    row = FailedRule("rows_are_complete", 1, True, ("r.txt:351: measure mentor by age_group: no row for Y40T49",))
    sums = FailedRule("age_groups_sum_to_measure", 4, True, ("r.txt:18: nothing to compare",) * 4)
    lines = told(rules=(row, sums))
    assert lines[0] == "r.txt:351: measure mentor by age_group: no row for Y40T49"
    assert lines[-1].endswith("follows from a row that is missing or not known")


def test_a_report_that_nothing_explains_says_so() -> None:
    assert "no small set of figures explains them all" in " ".join(told()[:3])
    assert "too many steps and was given up" in " ".join(told(is_given_up=True)[:3])


def test_a_verdict_is_a_screenful_whatever_is_wrong() -> None:
    rules = tuple(FailedRule(f"rule_{number}", 9, False, (f"r.txt:{number}: " + "x" * 300,)) for number in range(17))
    report = FailedReport("2024-04_0123456789ab", "r.txt", rules, tuple([replace(SLIP, sets=30)] * 30), False)
    lines = verdict(Failures((), (), (), (report, *[replace(report, file_name=f"{n}.txt") for n in range(20)])))
    assert len(lines) <= 26
    assert len(verdict(Failures((), (), (), (report,)))) <= 26
    assert all(len(line) <= 120 for line in lines)
    assert "    and 17 more, in audit.reconciliation_checks" in lines


def test_a_correction_that_does_not_fit_is_told_alone_and_an_unfinished_build_not_judged() -> None:
    report = FailedReport("2024-04_0123456789ab", "r.txt", (SUM,), (), False)
    assert verdict(Failures(("seeds/cell_corrections.csv:2: found no figure",), ("r.txt",), (), (report,))) == [
        "seeds/cell_corrections.csv:2: found no figure"
    ]
    assert verdict(Failures((), ("r.txt",), (), (report,))) == []
    assert verdict(Failures((), (), ("marts.dim_county",), (report,))) == []


@pytest.fixture(scope="module")
def wrong(tmp_path_factory: pytest.TempPathFactory) -> Warehouse:
    warehouse = Warehouse(tmp_path_factory.mktemp("verdict"))
    report = write_report(warehouse.folder / "misprint.txt", with_cell(sample_lines(), 18, 2, "279"))
    assert warehouse.load(report).returncode == 0
    assert warehouse.dbt("--quiet", "build").returncode == 1
    return warehouse


@pytest.fixture
def in_project(wrong: Warehouse, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return the seed of corrections, in the folder where the command is run."""
    monkeypatch.chdir(wrong.project)
    monkeypatch.setenv("TILTAK_DATABASE", str(wrong.build_database))
    wrong.correct()
    return wrong.project / "seeds" / "cell_corrections.csv"


def accept(place: str, *more: str) -> int:
    return main(
        ["accept", *shlex.split(place), "--by", "Kari Nordmann", "--reason", 'Siffer byttet, "NAV" retter', *more]
    )


@pytest.mark.parametrize(
    ("place", "more", "words"),
    [
        ("misprint.txt 18 1", (), "no proposal for this figure (there is one for line 18 column 2)"),
        ("misprint.txt 18 6", (), "one of 1 (Gjennom snitt hittil i år), 2 (Januar)"),
        ("misprint.txt 17000 2", (), "no figure in this line"),
        ("other.txt 18 2", (), "no report that is loaded"),
        ("misprint.txt 18 2", ("--value", "29x"), "a whole number such as 1 234, or *"),
        ("misprint.txt 18 2", ("--value", " 279 "), "which the report prints"),
        ("misprint.txt 18 2", ("--by", " "), "an empty text"),
    ],
)
def test_what_cannot_be_accepted_is_refused_and_changes_nothing(
    in_project: Path, capsys: pytest.CaptureFixture[str], place: str, more: tuple[str, ...], words: str
) -> None:
    before = in_project.read_bytes()
    assert accept(place, *more) == 1
    assert words in capsys.readouterr().err
    assert in_project.read_bytes() == before


@pytest.mark.parametrize("line_end", ["\n", "\r\n"])
def test_a_row_is_added_to_the_seed_as_it_is(in_project: Path, line_end: str) -> None:
    """Also where the file lacks its last line end, as some editors leave it; a second row for the figure is refused."""
    header = in_project.read_text(encoding="utf-8").split("\n")[0]
    in_project.write_bytes(f"{header}{line_end}2023-04_0,1,1,5,6,æ,b,2024-01-01".encode())
    assert accept("misprint.txt 18 Januar") == 0
    assert accept("misprint.txt 18 2", "--value", "298") == 1
    content = in_project.read_bytes().decode()
    assert content.count(line_end) == content.count("\n") == 3
    *_, older, newer = csv.reader(content.splitlines())
    assert older == ["2023-04_0", "1", "1", "5", "6", "æ", "b", "2024-01-01"]
    assert newer[1:7] == ["18", "2", "279", "297", 'Siffer byttet, "NAV" retter', "Kari Nordmann"]
    assert [path.name for path in in_project.parent.iterdir() if path.name.startswith(".")] == []


def test_elsewhere_than_in_the_project_nothing_is_accepted(
    wrong: Warehouse, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    assert accept("misprint.txt 18 2", "--database", str(wrong.build_database)) == 1
    assert "run the command in the folder of the project" in capsys.readouterr().err


@pytest.mark.usefixtures("in_project")
def test_the_verdict_leads_to_a_build_that_is_published(wrong: Warehouse, capsys: pytest.CaptureFixture[str]) -> None:
    """As a person would: read the screen, type the command that it shows, build again."""
    log = wrong.folder / "build.log"
    log.write_text("Runtime Error", encoding="utf-8")
    assert main(["verdict", "--dbt-log", str(log)]) == 1
    screen = capsys.readouterr().err
    assert screen.startswith("misprint.txt:18: found 279 in column 2 (Januar); expected 297")
    assert len(screen.splitlines()) <= 24
    assert "labels_are_known" not in screen
    [command] = re.findall(r"python -m auditors (accept .*)", screen)
    assert main(shlex.split(command.replace("NAME", "Kari").replace("TEXT", "misprint"))) == 0
    built = wrong.dbt("--quiet", "build")
    assert built.returncode == 0, built.stdout
    assert main(["verdict"]) == 0
    assert main(["verdict", "--dbt-log", str(log)]) == 1
    assert capsys.readouterr().err == "Runtime Error\n"
    assert wrong.publish().returncode == 0


@pytest.mark.usefixtures("in_project")
def test_a_build_that_fails_anew_is_not_told_by_what_failed_before(
    wrong: Warehouse, capsys: pytest.CaptureFixture[str]
) -> None:
    """A model that fails leaves the audit's tables as they are; a correction that does not fit leaves none of them."""
    log = wrong.folder / "build.log"
    log.write_text("Runtime Error in model dim_county", encoding="utf-8")
    model = wrong.project / "models" / "marts" / "dimensions" / "dim_county.sql"
    sound = model.read_text(encoding="utf-8")
    model.write_text(sound.replace("from ", "frm ", 1), encoding="utf-8")
    assert wrong.dbt("--quiet", "build").returncode == 1
    model.write_text(sound, encoding="utf-8")
    assert main(["verdict", "--dbt-log", str(log)]) == 1
    assert capsys.readouterr().err == "Runtime Error in model dim_county\n"
    assert main(["verdict"]) == 2
    assert "found a build that was not finished" in capsys.readouterr().err
    wrong.correct(("2024-04_0", 18, 2, "279", "297", "misprint", "Kari", "2024-05-01"))
    assert wrong.dbt("--quiet", "build").returncode == 1
    assert main(["verdict", "--dbt-log", str(log)]) == 1
    [line] = capsys.readouterr().err.splitlines()
    assert line.startswith('seeds/cell_corrections.csv:2: found the report "2024-04_0"')


@pytest.mark.parametrize(
    ("code", "printed"), [(1, "the verdict\n"), (2, "could not set lock\n"), (0, "a warning\npublished\n")]
)
def test_make_asks_for_a_verdict_only_where_dbt_built_something(tmp_path: Path, code: int, printed: str) -> None:
    """Where dbt cannot begin, as with a lock, it ends with 2, and the audit speaks of an earlier build."""
    said = {0: "a warning", 1: "a failed test", 2: "could not set lock"}[code]
    commands = tmp_path / "bin"
    commands.mkdir()
    (commands / "dbt").write_text(f"#!/bin/sh\necho {said}\nexit {code}\n", encoding="utf-8")
    (commands / "python").write_text(
        '#!/bin/sh\ncase "$*" in *verdict*) echo the verdict; exit 1;; *publishers*) echo published;; esac\n',
        encoding="utf-8",
    )
    for command in commands.iterdir():
        command.chmod(0o755)
    make = [
        "make",
        "--silent",
        "--file",
        str(PROJECT / "Makefile"),
        "--assume-old",
        "setup",
        "--assume-old",
        ".venv/installed",
    ]
    (tmp_path / ".venv").mkdir()
    (tmp_path / ".venv" / "installed").touch()
    (tmp_path / "requirements.txt").touch()
    done = subprocess.run(
        [*make, "build", f"BIN={commands}"], cwd=tmp_path, capture_output=True, text=True, check=False
    )
    assert done.stdout == printed
    assert (done.returncode == 0) == (code == 0)
