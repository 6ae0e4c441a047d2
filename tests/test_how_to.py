"""Every page of `docs/how-to/` is followed to the letter in a copy of the project, and works."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable
from hashlib import sha256
from pathlib import Path

import duckdb
import pytest

from tests.editions import Revision, history, revise, sister_family
from tests.how_to_pages import Change, Commands, Given, Query, steps
from tests.sample import PROJECT, sample_lines, with_cell, write_report

PAGES = PROJECT / "docs" / "how-to"
STORIES = (
    ("add-a-report", "publish-a-site", "read-the-warehouse-as-of-an-edition", "take-files-away"),
    ("correct-a-figure",),
    ("add-a-family", "add-a-breakdown", "add-a-rule", "add-a-publisher"),
)
"""Pages that are followed one after the other in one copy."""
ELSEWHERE = ("publish-to-postgresql", "superset", "ask-metrics", "connect")
"""Pages that need a server or an extra, which `make test-bi` follows."""
ON_A_CLUSTER = ("build-on-a-cluster",)
"""Pages that need a Spark cluster, which `make test-cluster` follows."""
OTHERWISE_TESTED = ("ask", "read-a-release", "add-a-file-format", "look-at-a-scan")
"""Pages whose way tests/readers, tests/cluster and tests/loaders/scan go, and one that has nothing to type."""
_LEFT_OUT = (
    ".git",
    ".venv",
    ".venv-*",
    "build",
    "target",
    "logs",
    ".site-*",
    "tiltak.duckdb",
    ".files-*",
    "*_cache",
    ".hypothesis",
    "__pycache__",
)


def test_every_page_is_in_a_story() -> None:
    assert sorted(page.stem for page in PAGES.glob("*.md")) == sorted(
        page for story in (*STORIES, ELSEWHERE, ON_A_CLUSTER, OTHERWISE_TESTED) for page in story
    )


def test_what_the_page_on_file_formats_names_is_there() -> None:
    page = (PAGES / "add-a-file-format.md").read_text(encoding="utf-8")
    named = re.findall(r"`((?:loaders|tests|models|macros|docs)/[\w./]+)`", page)
    assert named
    assert [name for name in named if not (PROJECT / name).exists()] == []


@pytest.mark.parametrize("story", STORIES, ids=lambda story: story[0])
def test_pages_work_to_the_letter(story: tuple[str, ...], tmp_path: Path) -> None:
    project = copy_of_project(tmp_path / "project")
    for page in story:
        for step in steps(PAGES / f"{page}.md"):
            match step:
                case Given(what):
                    GIVEN[what](project / "reports")
                case Change():
                    step.make(project)
                case Commands(lines, is_failing):
                    for number, line in enumerate(lines, start=1):
                        typed = run(project, line)
                        assert (typed.returncode == 0) is not (is_failing and number == len(lines)), typed.stdout
                case Query(sql):
                    with duckdb.connect(project / "tiltak.duckdb", read_only=True) as readers:
                        assert len(readers.execute(sql).fetchall()) > 1
    PROOFS[story[0]](project)


def _left_out(folder: str, names: list[str]) -> set[str]:
    """Return what is not copied of a folder: what is made, and links, of which a published site is one."""
    links = {name for name in names if (Path(folder) / name).is_symlink()}
    return links | shutil.ignore_patterns(*_LEFT_OUT)(folder, names)


def copy_of_project(folder: Path) -> Path:
    """Return a copy of the project that is set up, as `make setup` would find it, without corrections."""
    shutil.copytree(PROJECT, folder, ignore=_left_out)
    (folder / ".venv" / "bin").mkdir(parents=True)
    for command in ("python", "dbt"):
        script = folder / ".venv" / "bin" / command
        script.write_text(f'#!/bin/sh\nexec "{Path(sys.executable).parent / command}" "$@"\n', encoding="utf-8")
        script.chmod(0o755)
    (folder / ".venv" / "installed").touch()
    return folder


def run(project: Path, line: str) -> subprocess.CompletedProcess[str]:
    """Type a line into a shell in the project; what it prints is in `stdout`."""
    unset = {"TILTAK_DATABASE", "DBT_TARGET_PATH", "PYTHONPATH", "MAKEFLAGS", "MAKELEVEL"}
    return subprocess.run(
        ["bash", "-c", line],
        cwd=project,
        env={name: text for name, text in os.environ.items() if name not in unset},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
        timeout=300,
    )


def ask(project: Path, sql: str) -> list[tuple[object, ...]]:
    with duckdb.connect(project / "tiltak.duckdb", read_only=True) as readers:
        return readers.execute(sql).fetchall()


def give_may(reports: Path) -> None:
    """Write the editions of April and May 2024, the later of which revises April."""
    revision = Revision(2024, 5, lambda figures: revise(figures, months=[4], seed=1))
    (reports / "2024-04_oppfolging.txt").unlink(missing_ok=True)
    for edition in history(2024, 4, 2, revisions=[revision]):
        edition.write(reports)


def give_reissue(reports: Path) -> None:
    """Write the edition of May 2024 again, with another figure of April."""
    revision = Revision(2024, 5, lambda figures: revise(figures, months=[4], seed=1))
    reissue = Revision(2024, 5, lambda figures: revise(figures, months=[4], seed=2), is_reissue=True)
    history(2024, 5, 1, revisions=[revision, reissue])[-1].write(reports)


def give_proposed_row(reports: Path) -> None:
    """Paste the row with which the loader proposes that the new issue counts."""
    again = (reports / "2024-05_oppfolging_2.txt").read_bytes()
    told = run(reports.parent, ".venv/bin/python -m loaders --check").stdout
    [row] = re.findall(f"`(2024-05_{sha256(again).hexdigest()[:12]},.+?)`", told)
    with (reports.parent / "seeds" / "report_issues.csv").open("a", encoding="utf-8") as seed:
        seed.write(f"{row}\n")


def give_misprint(reports: Path) -> None:
    (reports / "2024-04_oppfolging.txt").unlink()
    write_report(reports / "2024-04_misprint.txt", with_cell(sample_lines(), 18, 2, "279"))


def give_trials(reports: Path) -> None:
    family = sister_family(
        "forsok", [("forsok_med_veiledning", "Forsøk med veiledning"), ("forsok_med_kurs", "Forsøk med kurs")]
    )
    # The sample gives way to the April that the made-up May goes on from.
    (reports / "2024-04_oppfolging.txt").unlink()
    for edition in (*history(2024, 4, 1, family=family), *history(2024, 4, 1)):
        edition.write(reports)


def give_durations(reports: Path) -> None:
    """Write the edition of May with a second table like that of genders under each measure, with other labels."""
    _, edition = history(2024, 4, 2)
    blocks = edition.text.split("\n\n")
    others = [
        block.replace("Kvinner", "Inntil seks måneder").replace("Menn", "Over seks måneder")
        for block in blocks
        if "\nKvinner\t" in block
    ]
    assert others
    (reports / edition.file_name).write_text("\n\n".join([*blocks, *others]), encoding="utf-8")


GIVEN: dict[str, Callable[[Path], None]] = {
    "the edition of May 2024": give_may,
    "the edition of May 2024, which revises April": lambda _: None,
    "the edition of May 2024, issued again": give_reissue,
    "the row of the new file": give_proposed_row,
    "the edition of April 2024 with 279 in the place of 297 in line 18, column 2": give_misprint,
    "a report of the family that this page adds": give_trials,
    "the edition of May 2024, which prints how long people have taken part": give_durations,
}


def prove_editions(project: Path) -> None:
    superseding = "select issue_number, superseded_by_report_id is not null from marts.dim_report order by sort_order"
    assert ask(project, superseding) == [(1, False), (1, True), (2, False)]
    [newest] = ask(
        project, "select distinct file_name from marts.fct_participants join marts.dim_report using (report_id)"
    )
    assert newest == ("2024-05_oppfolging_2.txt",)
    assert ask(project, "select count(*) > 0 from audit.revisions") == [(True,)]
    assert (project / "files").is_symlink()


def prove_correction(project: Path) -> None:
    [(seed_row,)] = ask(project, "select corrected_text from reference.cell_corrections")
    assert seed_row == "297"
    assert ask(project, "select participants from marts.fct_participants where is_corrected") in ([], [(297,)])


def prove_additions(project: Path) -> None:
    assert ask(
        project, "select count(distinct measure_code) from marts.fct_participants where measure_code ^@ 'forsok'"
    )
    durations = "select month, sum(participants_lower) from marts.fct_participants_by_duration where {} group by 1"
    genders = durations.replace("duration", "gender")
    of_may = "report_id ^@ '2024-05'"
    assert sorted(ask(project, durations.format(of_may))) == sorted(ask(project, genders.format(of_may)))
    rules = "select distinct rule_code from audit.reconciliation_checks where rule_code in {}"
    assert len(ask(project, rules.format("('durations_sum_to_measure', 'average_lies_among_months')"))) == 2
    assert (project / "newest.txt").read_text(encoding="utf-8").splitlines()


PROOFS: dict[str, Callable[[Path], None]] = {
    "add-a-report": prove_editions,
    "correct-a-figure": prove_correction,
    "add-a-family": prove_additions,
}
