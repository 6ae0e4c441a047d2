"""A link is switched in one step, and its folder is on the disk before and after."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from warehouse import durable


def test_a_file_or_folder_is_flushed_itself(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = tmp_path / "file"
    file.touch()
    flushed: list[int] = []
    monkeypatch.setattr(os, "fsync", lambda descriptor: flushed.append(os.fstat(descriptor).st_ino))
    for path in (file, tmp_path):
        durable.flush(path)
    assert flushed == [file.stat().st_ino, tmp_path.stat().st_ino]


def test_a_link_is_switched_between_two_flushes_and_nothing_is_left(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    link, scratch = tmp_path / "link", tmp_path / "scratch"
    scratch.mkdir()
    flushed: list[tuple[Path, str | None]] = []
    flush = durable.flush

    def seen(path: Path) -> None:
        flush(path)
        flushed.append((path, str(link.readlink()) if link.is_symlink() else None))

    monkeypatch.setattr(durable, "flush", seen)
    for leads_to in ("one", "other"):
        durable.switch_link(link, Path(leads_to), scratch=scratch, prefix=".unfinished-")
    assert flushed == [(tmp_path, None), (tmp_path, "one"), (tmp_path, "one"), (tmp_path, "other")]
    assert list(scratch.iterdir()) == []


def test_a_link_that_cannot_be_switched_stays_and_what_is_left_has_a_known_name(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    link = tmp_path / "link"
    link.symlink_to("old")
    folders: list[str] = []

    def killed(new_link: Path, target: Path) -> None:
        folders.append(str(new_link.parent.relative_to(tmp_path)))
        assert target == link
        raise KeyboardInterrupt

    monkeypatch.setattr(Path, "replace", killed)
    with pytest.raises(KeyboardInterrupt):
        durable.switch_link(link, Path("new"), scratch=tmp_path, prefix=".unfinished-")
    assert link.readlink() == Path("old")
    assert [folder.startswith(".unfinished-") for folder in folders] == [True]
