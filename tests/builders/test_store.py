"""What a release's folders hold at each step: a version and the one before it, whole parts, and nothing half made."""

from __future__ import annotations

from pathlib import Path

import pytest

from builders.store import Store, link_or_copy, made_whole
from warehouse.errors import DatabaseError


@pytest.fixture
def store(tmp_path: Path) -> Store:
    store = Store(tmp_path / "release")
    with store.only_builder():
        return store


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def make(folder: Path) -> Path:
    with made_whole(folder) as unfinished:
        (unfinished / "file").write_text(folder.name, encoding="utf-8")
    return folder


def test_the_link_leads_to_the_version_and_the_one_before_it_stays(store: Store) -> None:
    assert store.current() is None
    for version in "abc":
        store.switch(make(store.versions / version))
        assert store.link.readlink() == Path("release.d", "versions", version)
        assert (store.link / "file").read_text(encoding="utf-8") == version
    assert names(store.versions) == ["b", "c"]
    store.switch(store.versions / "c")
    assert names(store.versions) == ["c"]


def test_only_the_parts_of_the_release_are_kept(store: Store) -> None:
    for key in "abc":
        make(store.part(key))
    store.keep_parts({"a", "c", "other"})
    assert names(store.parts) == ["a", "c"]


def test_a_folder_is_made_whole_or_not_at_all(store: Store) -> None:
    target = store.part("a")
    with pytest.raises(FileNotFoundError), made_whole(target) as unfinished:
        (unfinished / "no folder" / "file").touch()
    assert names(store.parts) == []
    with made_whole(target) as unfinished:
        assert names(unfinished) == []
    assert target.stat().st_mode & 0o777 == 0o755


def test_a_folder_that_somebody_else_has_made_meanwhile_stays(store: Store) -> None:
    """As where two workers build one part: the first one counts, and the second is no error."""
    with made_whole(store.part("a")) as unfinished:
        (unfinished / "file").write_text("late", encoding="utf-8")
        make(store.part("a"))
    assert names(store.parts) == ["a"]
    assert (store.part("a") / "file").read_text(encoding="utf-8") == "a"
    with pytest.raises(OSError, match="release"), made_whole(store.part("b")):
        store.part("b").touch()


def test_what_a_killed_builder_left_unfinished_is_removed(store: Store) -> None:
    for folder in (store.parts, store.versions):
        (folder / ".unfinished-x").mkdir()
        make(folder / "whole")
    with store.only_builder():
        assert names(store.parts) == names(store.versions) == ["whole"]


def test_a_second_builder_of_a_release_is_kept_from_it_while_the_first_is_at_work(store: Store) -> None:
    found = "found another builder at work on this release"
    with store.only_builder(), pytest.raises(DatabaseError, match=found), store.only_builder():
        raise AssertionError
    with store.only_builder():
        assert names(store.parts) == []


def test_a_file_is_linked_or_copied_where_the_file_system_has_no_hard_links(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    source = tmp_path / "file"
    source.write_text("rows", encoding="utf-8")
    link_or_copy(source, tmp_path / "linked" / "file")
    assert source.samefile(tmp_path / "linked" / "file")

    def refuse(*_: object) -> None:
        raise PermissionError(1, "Operation not permitted")

    monkeypatch.setattr(Path, "hardlink_to", refuse)
    link_or_copy(source, tmp_path / "copied" / "file")
    assert not source.samefile(tmp_path / "copied" / "file")
    assert (tmp_path / "copied" / "file").read_text(encoding="utf-8") == "rows"
