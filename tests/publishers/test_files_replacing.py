"""The folder of files is replaced in one step or not at all, and the same build gives the same bytes."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from publishers import switching
from publishers.commands import main
from publishers.switching import Place
from tests.publishers.files_to_take import contents, publish_files
from tests.publishers.publishing import add_another_report
from tests.sample import PROJECT
from tests.warehouse.warehouse import Warehouse


def command(warehouse: Warehouse) -> list[str]:
    return [
        sys.executable, "-m", "publishers", "files",
        "--from", str(warehouse.build_database), "--to", str(warehouse.folder / "files"),
    ]  # fmt: skip


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def test_the_same_build_gives_the_same_bytes_at_another_time_and_place(warehouse: Warehouse) -> None:
    assert publish_files(warehouse) == 0
    other = warehouse.folder / "elsewhere"
    other.mkdir()
    time.sleep(1.1)  # a time of day within a file would be another second
    environment = os.environ | {"TZ": "Asia/Tokyo", "PYTHONHASHSEED": "7", "LC_ALL": "C"}
    again = [*command(warehouse)[:-1], str(other / "files")]
    subprocess.run(again, cwd=PROJECT, env=environment, check=True, stdout=subprocess.DEVNULL)
    assert contents(other / "files") == contents(warehouse.folder / "files")


def test_an_unchanged_build_changes_nothing(warehouse: Warehouse, capsys: pytest.CaptureFixture[str]) -> None:
    assert publish_files(warehouse) == 0
    before = {path: path.stat().st_ino for path in (warehouse.folder / "files").rglob("*")}
    assert publish_files(warehouse) == 0
    assert capsys.readouterr().out.endswith("already holds this build: nothing changed\n")
    assert {path: path.stat().st_ino for path in (warehouse.folder / "files").rglob("*")} == before
    assert names(warehouse.folder) == [".files-1", "build", "files"]


def test_the_link_is_switched_and_unchanged_files_are_shared(warehouse: Warehouse) -> None:
    assert publish_files(warehouse) == 0
    files = warehouse.folder / "files"
    assert (files.is_symlink(), str(files.readlink())) == (True, ".files-1")
    inodes = {str(path.relative_to(files)): path.stat().st_ino for path in files.rglob("*") if path.is_file()}
    before = contents(files)
    with (files / "participants.csv").open("rb") as opened:
        add_another_report(warehouse)
        assert publish_files(warehouse) == 0
        assert len(opened.read()) > 1000, "who has a file open goes on reading it"
    after = contents(files)
    unchanged = {name for name, digest in before.items() if after.get(name) == digest}
    assert {"main_groups.csv"} <= unchanged < before.keys()
    assert {name for name, inode in inodes.items() if (files / name).stat().st_ino == inode} == unchanged
    assert str(files.readlink()) == ".files-2"
    assert names(warehouse.folder) == [".files-2", "build", "files"]


def test_files_are_readable_by_all_and_writable_by_none(warehouse: Warehouse) -> None:
    mask = os.umask(0o077)
    try:
        assert publish_files(warehouse) == 0
    finally:
        os.umask(mask)
    files = warehouse.folder / "files"
    assert (files.stat().st_mode & 0o777, (files / "sdmx").stat().st_mode & 0o777) == (0o755, 0o755)
    assert {path.stat().st_mode & 0o777 for path in files.rglob("*") if path.is_file()} == {0o444}


def test_a_publisher_killed_at_any_moment_leaves_a_whole_folder(warehouse: Warehouse) -> None:
    assert publish_files(warehouse) == 0
    old = contents(warehouse.folder / "files")
    add_another_report(warehouse)
    assert publish_files(warehouse, warehouse.folder / "new") == 0
    new = contents(warehouse.folder / "new")
    for delay in (0.2, 0.4, 0.6, 0.8, 1.0, 1.2):
        with subprocess.Popen(command(warehouse), cwd=PROJECT, stdout=subprocess.DEVNULL) as publisher:
            time.sleep(delay)
            publisher.send_signal(signal.SIGKILL)
        assert contents(warehouse.folder / "files") in (old, new)
    assert publish_files(warehouse) == 0
    assert contents(warehouse.folder / "files") == new
    assert len([name for name in names(warehouse.folder) if name.startswith(".files")]) == 1


@pytest.mark.parametrize("step", ["_finish", "switch_link", "_share_unchanged"])
def test_an_interrupted_step_leaves_the_old_folder_and_the_next_run_tidies_up(
    warehouse: Warehouse, monkeypatch: pytest.MonkeyPatch, step: str
) -> None:
    assert publish_files(warehouse) == 0
    old = contents(warehouse.folder / "files")
    add_another_report(warehouse)

    def interrupted(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(switching, step, interrupted)
        with pytest.raises(KeyboardInterrupt):
            publish_files(warehouse)
    assert contents(warehouse.folder / "files") == old
    assert str((warehouse.folder / "files").readlink()) == ".files-1"
    assert publish_files(warehouse) == 0
    assert contents(warehouse.folder / "files") != old
    assert len(names(warehouse.folder)) == 3


def test_what_killed_publishers_left_is_removed_and_other_folders_stay(warehouse: Warehouse) -> None:
    for name in (".files-7", ".files.unfinished-x", ".files-old", ".other-1"):
        (warehouse.folder / name).mkdir()
    (warehouse.folder / ".files.unfinished-y").mkdir()
    (warehouse.folder / ".files.unfinished-y" / "files").symlink_to(".files-7")
    assert publish_files(warehouse) == 0
    assert names(warehouse.folder) == [".files-1", ".files-old", ".other-1", "build", "files"]
    (warehouse.folder / ".files.unfinished-z").symlink_to(".files-1")
    assert publish_files(warehouse) == 0
    assert names(warehouse.folder) == [".files-1", ".files-old", ".other-1", "build", "files"]


def test_a_link_whose_folder_is_gone_gets_a_new_one(warehouse: Warehouse) -> None:
    (warehouse.folder / "files").symlink_to(".files-3")
    assert publish_files(warehouse) == 0
    assert (warehouse.folder / "files" / "tiltak.xlsx").is_file()


@pytest.mark.parametrize(
    ("target", "words"),
    [
        ("folder", "found a folder that no publisher made; expected nothing there, or the link that a publisher made"),
        ("file", "found a file;"),
        ("pipe", "found a named pipe;"),
        ("link", "found a link to folder, which no publisher made;"),
        ("circle", "found a link to circle, which no publisher made;"),
        ("folder/..", "found a folder that no publisher made;"),
        ("nowhere/files", "found no folder"),
        ("file/files", "found no folder"),
    ],
)
def test_what_stands_at_the_target_is_not_overwritten(
    warehouse: Warehouse, capsys: pytest.CaptureFixture[str], target: str, words: str
) -> None:
    folder = warehouse.folder
    (folder / "folder").mkdir()
    (folder / "folder" / "mine.txt").write_text("mine")
    (folder / "file").write_text("mine")
    os.mkfifo(folder / "pipe")
    (folder / "link").symlink_to("folder")
    (folder / "circle").symlink_to("circle")
    before = names(folder)
    assert main(["files", "--from", str(warehouse.build_database), "--to", f"{folder}/{target}"]) == 2
    told = capsys.readouterr().err
    assert words in told
    assert told.startswith(f"{folder}/{target}: ")
    assert names(folder) == before
    assert (folder / "folder" / "mine.txt").read_text() == "mine"


def test_a_build_that_is_not_fit_leaves_the_old_folder(warehouse: Warehouse) -> None:
    assert publish_files(warehouse) == 0
    before = contents(warehouse.folder / "files")
    add_another_report(warehouse)
    assert warehouse.run(sys.executable, "-m", "loaders", "remove", "2025-05").returncode == 0
    assert publish_files(warehouse) == 1
    assert contents(warehouse.folder / "files") == before


def test_a_full_disk_leaves_the_old_folder(warehouse: Warehouse, capfd: pytest.CaptureFixture[str]) -> None:
    """A limit on the size of files stands for the disk; each limit stops another format."""
    assert publish_files(warehouse) == 0
    before = contents(warehouse.folder / "files")
    add_another_report(warehouse)
    for limit in (1_000, 30_000, 100_000, 160_000):
        code = (
            "import resource, signal, sys; from publishers.commands import main; "
            "signal.signal(signal.SIGXFSZ, signal.SIG_IGN); "
            f"resource.setrlimit(resource.RLIMIT_FSIZE, ({limit}, {limit})); "
            f"sys.exit(main({command(warehouse)[3:]!r}))"
        )
        assert subprocess.run([sys.executable, "-c", code], cwd=PROJECT, check=False).returncode == 2
        told = capfd.readouterr().err
        assert told.startswith(f"{warehouse.folder / 'files'}: found "), told
        assert (told.count("\n"), "unfinished" in told) == (1, False), told
        assert contents(warehouse.folder / "files") == before
        assert names(warehouse.folder) == [".files-1", "build", "files"]


def test_publishers_at_once_come_one_after_the_other(warehouse: Warehouse) -> None:
    at_work = [
        subprocess.Popen(command(warehouse), cwd=PROJECT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
        for _ in range(3)
    ]
    told = [publisher.communicate()[0] for publisher in at_work]
    assert [publisher.returncode for publisher in at_work] == [0] * 3
    assert sum("published" in text for text in told) == 1
    assert names(warehouse.folder) == [".files-1", "build", "files"]


def test_a_link_that_another_program_switched_meanwhile_is_looked_at_again(
    warehouse: Warehouse, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert publish_files(warehouse) == 0
    files = warehouse.folder / "files"
    add_another_report(warehouse)
    finish, looks = switching._finish, []

    def switched_meanwhile(folder: Path) -> None:
        looks.append(folder)
        if len(looks) == 1:
            files.unlink()
            files.symlink_to(".files-9")
        finish(folder)

    monkeypatch.setattr(switching, "_finish", switched_meanwhile)
    assert publish_files(warehouse) == 0
    assert len(looks) == 2
    assert names(warehouse.folder) == [str(files.readlink()), "build", "files"]


def test_only_names_of_versions_are_versions(tmp_path: Path) -> None:
    place = Place(tmp_path, "files")
    assert [place.number(name) for name in (".files-12", ".files-", ".files-x", ".filesX-1", "files-1")] == [
        12, None, None, None, None,
    ]  # fmt: skip
