"""What is refused before any part is built, and what is said then."""

from __future__ import annotations

import errno
import fcntl
import json
import os
from pathlib import Path

import pytest

from builders import building
from builders.building import build_part
from builders.commands import main
from builders.state import state_of
from builders.store import Store
from builders.tasks import Task, TaskReport
from publishers.commands import main as publish
from publishers.releases import Release
from tests.sample import PROJECT, SAMPLE
from warehouse.fingerprint import project_fingerprint


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ([], "the following arguments are required: PATH, --to"),
        (["reports", "--to", ""], "expected a path, found an empty text"),
        (["reports", "--to", "release", "--engine", "spark"], "--engine spark needs --master URL"),
        (["reports", "--to", "release", "--master", "spark://host:7077"], "--engine spark needs --master URL"),
        (["reports", "--to", "release", "--reports-per-part", "0"], "0 is not a whole number from 1"),
        (["reports", "--to", "release", "--workers", "many"], "many is not a whole number from 1"),
    ],
)
def test_wrong_usage_ends_with_2(arguments: list[str], said: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit, match="2"):
        main(arguments)
    assert said in capsys.readouterr().err


def test_a_folder_of_somebody_else_is_left_alone(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    target = tmp_path / "release"
    target.mkdir()
    assert main([str(SAMPLE), "--to", str(target)]) == 2
    assert f"{target}: found a file or folder; expected a release of this command" in capsys.readouterr().err
    target.rmdir()
    target.symlink_to(tmp_path)
    assert main([str(SAMPLE), "--to", str(target)]) == 2
    assert f"{target}: found a link to somewhere else" in capsys.readouterr().err


@pytest.mark.parametrize("options", [[], ["--partial"]])
def test_an_inbox_without_a_report_makes_no_release(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], options: list[str]
) -> None:
    (tmp_path / "inbox").mkdir()
    assert main([str(tmp_path / "inbox"), str(tmp_path / "gone.txt"), "--to", str(tmp_path / "release"), *options]) == 1
    told = capsys.readouterr().err
    assert f"{tmp_path}/inbox: found no report in the folder" in told
    assert f"{tmp_path}/gone.txt: found no such file" in told
    assert not (tmp_path / "release").exists()


def test_one_builder_works_on_a_release(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    store = Store(tmp_path / "release")
    store.home.mkdir()
    descriptor = os.open(store.home, os.O_RDONLY)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX)
        assert main([str(SAMPLE), "--to", str(store.link)]) == 2
    finally:
        os.close(descriptor)
    assert "found another builder at work on this release" in capsys.readouterr().err


def test_a_worker_of_another_state_refuses_a_part(tmp_path: Path) -> None:
    report = TaskReport(str(SAMPLE), str(SAMPLE), "2024-04_4909a99b90d9")
    task = Task("key", "2024", (report,), str(tmp_path), str(PROJECT), "another state")
    assert Task.from_json(task.to_json()) == task
    outcome = build_part(task, tmp_path, tmp_path / "log", lambda: True, frozenset())
    assert outcome.may_be_tried_again
    assert "expected another stat, as the driver has; install the same" in str(outcome.problem)


def test_a_report_that_is_not_as_planned_fails_its_part(tmp_path: Path) -> None:
    report = TaskReport(str(SAMPLE), "reports/sample.txt", "2024-04_000000000000")
    task = Task("key", "2024", (report,), str(tmp_path), str(PROJECT), state_of(PROJECT))
    outcome = build_part(task, tmp_path, tmp_path / "log", lambda: True, frozenset())
    assert not outcome.may_be_tried_again
    assert str(outcome.problem).startswith(
        "reports/sample.txt: found the report 2024-04_4909a99b90d9; expected 2024-04_000000000000, as planned; "
    )


@pytest.mark.parametrize(
    "printed", ["IO Error: Could not write file: No space left on device", "Database Error in model"]
)
def test_a_full_disk_is_a_fault_of_the_worker(tmp_path: Path, printed: str) -> None:
    log = tmp_path / "log"
    report = TaskReport(str(SAMPLE), str(SAMPLE), "2024-04_4909a99b90d9")
    task = Task("key", "2024", (report,), str(tmp_path), str(PROJECT), state_of(PROJECT))

    def failing_dbt() -> bool:
        log.write_text(printed, encoding="utf-8")
        return False

    outcome = build_part(task, tmp_path, log, failing_dbt, frozenset())
    assert outcome.problem == printed
    assert outcome.may_be_tried_again is ("No space" in printed)


@pytest.mark.parametrize(("number", "may_be_tried_again"), [(errno.ENOSPC, True), (errno.EACCES, False)])
def test_a_place_that_cannot_be_written_is_tried_again_where_it_lacks_room(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, number: int, may_be_tried_again: bool
) -> None:
    def fails(*_: object) -> list[str]:
        raise OSError(number, os.strerror(number), "/store/part")

    monkeypatch.setattr(building, "_problems", fails)
    task = Task("key", "2024", (), str(tmp_path), str(PROJECT), state_of(PROJECT))
    outcome = build_part(task, tmp_path, tmp_path / "log", lambda: True, frozenset())
    assert str(outcome.problem).startswith(f"/store/part: found a file that cannot be written ({os.strerror(number)})")
    assert outcome.may_be_tried_again is may_be_tried_again


def test_a_file_that_a_worker_does_not_find_fails_its_part(tmp_path: Path) -> None:
    report = TaskReport(str(tmp_path / "gone.txt"), "gone.txt", "2024-04_000000000000")
    task = Task("key", "2024", (report,), str(tmp_path), str(PROJECT), state_of(PROJECT))
    outcome = build_part(task, tmp_path, tmp_path / "log", lambda: True, frozenset())
    assert str(outcome.problem) == "gone.txt: found no such file; expected a report file; check the path"


def test_a_release_of_another_state_of_the_project_is_not_published(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    release = Release("v", "0" * 64, "2026-01-01T00:00:00+00:00", "1.5", (), (), ())
    release.write(tmp_path)
    target = tmp_path / "readers.duckdb"
    assert publish(["database", "--from", str(tmp_path), "--to", str(target)]) == 1
    assert "found a release of another state of the project" in capsys.readouterr().err
    manifest = json.loads((tmp_path / "manifest.json").read_text(encoding="utf-8"))
    manifest |= {"project_fingerprint": project_fingerprint(PROJECT), "format": 0}
    (tmp_path / "manifest.json").write_text(json.dumps(manifest), encoding="utf-8")
    assert publish(["database", "--from", str(tmp_path), "--to", str(target)]) == 2
    assert "found a release of another form" in capsys.readouterr().err
    (tmp_path / "manifest.json").write_text("{", encoding="utf-8")
    assert publish(["database", "--from", str(tmp_path), "--to", str(target)]) == 2
    assert "found a manifest that cannot be read" in capsys.readouterr().err
    assert not target.exists()
