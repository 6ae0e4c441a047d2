"""The folder of the site is replaced in one step or not at all."""

from __future__ import annotations

import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import duckdb
import pytest

from publishers.commands import main
from publishers.replacing import TargetChangedError
from publishers.switching import folder_place, replace_folder
from tests.publishers.publishing import add_another_report
from tests.sample import PROJECT
from tests.warehouse.warehouse import Warehouse
from warehouse.errors import DatabaseError


def files(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()}


def publish(warehouse: Warehouse) -> int:
    return main(["site", "--from", str(warehouse.build_database), "--to", str(warehouse.folder / "site")])


def replace(target: Path, write_files: Callable[[Path], None]) -> bool:
    return replace_folder(folder_place(target, option="--to"), write_files)


def entries(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def write(folder: Path, texts: dict[str, str]) -> None:
    for name, text in texts.items():
        (folder / name).parent.mkdir(exist_ok=True)
        (folder / name).write_text(text)


def test_the_command_replaces_the_site_and_keeps_what_did_not_change(
    warehouse: Warehouse, capsys: pytest.CaptureFixture[str]
) -> None:
    site = warehouse.folder / "site"
    assert publish(warehouse) == 0
    assert "published 60 pages to " in capsys.readouterr().out
    assert entries(warehouse.folder) == [".site-1", "build", "site"]
    first = {name: (site / name).stat().st_ino for name in files(site)}
    assert publish(warehouse) == 0
    assert capsys.readouterr().out.endswith("already holds this build: nothing changed\n")
    assert entries(warehouse.folder) == [".site-1", "build", "site"]
    add_another_report(warehouse)
    assert publish(warehouse) == 0
    assert entries(warehouse.folder) == [".site-2", "build", "site"]
    kept = {name for name, inode in first.items() if (site / name).stat().st_ino == inode}
    of_edition = {f"{kind}-2024-04_4909a99b90d9.html" for kind in ("edition", "report")}
    pages = {name for name in kept if not name.startswith("files/")}
    assert pages == {"style.css"} | of_edition | {f"en/{name}" for name in of_edition}
    assert kept - pages == {"files/main_groups.csv"}
    assert all((site / name).stat().st_mode & 0o777 == 0o444 for name in files(site))


def test_a_publisher_killed_at_any_moment_leaves_a_whole_site(warehouse: Warehouse) -> None:
    site = warehouse.folder / "site"
    assert publish(warehouse) == 0
    old = files(site)
    add_another_report(warehouse)
    command = [
        sys.executable, "-m", "publishers", "site", "--from", str(warehouse.build_database), "--to", str(site),
    ]  # fmt: skip
    for delay in (0.3, 0.6, 0.9, 1.2, 1.5):
        with subprocess.Popen(command, cwd=PROJECT, stdout=subprocess.DEVNULL) as publisher:
            time.sleep(delay)
            publisher.send_signal(signal.SIGKILL)
        now = files(site)
        assert now == old or len(now) > len(old)
    assert publish(warehouse) == 0
    assert len(files(site)) > len(old)
    assert [name for name in entries(warehouse.folder) if name.startswith(".site")] == [site.readlink().name]


def test_a_build_without_a_report_is_refused(warehouse: Warehouse, capsys: pytest.CaptureFixture[str]) -> None:
    with duckdb.connect(warehouse.build_database) as build:
        for table in ("raw.reports", "build.built_reports", "main.reports"):
            build.execute(f"truncate {table}")
    assert publish(warehouse) == 1
    expected = "found no report; expected one at least; load one and run `make build`\n"
    assert capsys.readouterr().err == f"{warehouse.build_database}: {expected}"
    assert entries(warehouse.folder) == ["build"]


def test_what_a_run_was_stopped_at_is_removed_by_the_next(tmp_path: Path) -> None:
    site = tmp_path / "site"
    replace(site, lambda folder: write(folder, {"page": "old"}))
    write_half = {".site-2": {"page": "half"}, ".site-7": {"page": "older"}}
    for name, texts in write_half.items():
        (tmp_path / name).mkdir()
        write(tmp_path / name, texts)
    (tmp_path / ".site-map").mkdir()
    replace(site, lambda folder: write(folder, {"page": "new", "en/page": "new"}))
    assert entries(tmp_path) == [".site-2", ".site-map", "site"]
    assert files(site) == {"page": b"new", "en/page": b"new"}


@pytest.mark.parametrize("error", [ValueError, KeyboardInterrupt])
def test_a_run_that_fails_leaves_the_old_folder(tmp_path: Path, error: type[BaseException]) -> None:
    site = tmp_path / "site"
    replace(site, lambda folder: write(folder, {"page": "old"}))

    def fail(folder: Path) -> None:
        write(folder, {"page": "half"})
        raise error

    with pytest.raises(error):
        replace(site, fail)
    assert entries(tmp_path) == [".site-1", "site"]
    assert files(site) == {"page": b"old"}


def test_a_file_that_is_gone_is_a_change(tmp_path: Path) -> None:
    site = tmp_path / "site"
    replace(site, lambda folder: write(folder, {"one": "1", "other": "2"}))
    replace(site, lambda folder: write(folder, {"one": "1"}))
    assert files(site) == {"one": b"1"}


def test_files_are_copied_where_the_file_system_knows_no_hard_links(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object) -> None:
        raise PermissionError(1, "Operation not permitted")

    monkeypatch.setattr(Path, "hardlink_to", refuse)
    for text in ("old", "new"):
        replace(tmp_path / "site", lambda folder, text=text: write(folder, {"same": "1", "page": text}))  # type: ignore[misc]
    assert files(tmp_path / "site") == {"same": b"1", "page": b"new"}


def test_what_is_not_ours_is_refused(tmp_path: Path) -> None:
    (tmp_path / "folder").mkdir()
    (tmp_path / "file").touch()
    (tmp_path / "circle").symlink_to("circle")
    (tmp_path / "elsewhere").symlink_to("folder")
    for name, found in {
        "folder": "a folder that no publisher made",
        "file": "a file",
        "circle": "a link to circle, which no publisher made",
        "elsewhere": "a link to folder, which no publisher made",
        "nowhere/site": "no folder",
    }.items():
        with pytest.raises(DatabaseError, match=f"{name}: found {found}.*; expected .*; .* another folder with --to"):
            replace(tmp_path / name, lambda folder: write(folder, {"page": "new"}))
    assert entries(tmp_path) == ["circle", "elsewhere", "file", "folder"]


def test_a_folder_put_there_meanwhile_is_not_hidden(tmp_path: Path) -> None:
    site = tmp_path / "site"

    def put(folder: Path) -> None:
        write(folder, {"page": "new"})
        site.mkdir()

    with pytest.raises(TargetChangedError):
        replace(site, put)
    assert entries(tmp_path) == ["site"]
    assert entries(site) == []
