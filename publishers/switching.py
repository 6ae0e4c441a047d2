"""Put a folder in the place of another one in one step, by a symbolic link that is switched from one to the other.

Linux renames no folder over a full one, so the folder that readers name, such as `files`, is a symbolic link to a
version of it beside it, `.files-3`. Shared by all publishers whose target is a folder.
"""

from __future__ import annotations

import filecmp
import re
import shutil
import tempfile
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

from publishers.replacing import READ_ONLY, TargetChangedError
from warehouse.durable import flush, switch_link
from warehouse.errors import DatabaseError, Problem
from warehouse.places import no_file

_FOLDER_MODE = 0o755
_FLUSHED_AT_A_TIME = 16


@dataclass(frozen=True, slots=True)
class Place:
    """The place of a folder that readers name: a symbolic link `name` in the folder `parent`, or nothing yet."""

    parent: Path
    name: str

    @property
    def link(self) -> Path:
        """The symbolic link itself."""
        return self.parent / self.name

    @property
    def current(self) -> str | None:
        """The name of the version that the link leads to; None where there is no link."""
        return str(self.link.readlink()) if self.link.is_symlink() else None

    def number(self, name: str) -> int | None:
        """Return the number of a version by the name of its folder; None where the name is that of no version."""
        found = re.fullmatch(rf"\.{re.escape(self.name)}-([0-9]+)", name)
        return int(found[1]) if found else None

    def versions(self) -> dict[int, Path]:
        """Return the folders of all versions that are there, by number."""
        numbers = ((self.number(path.name), path) for path in self.parent.iterdir())
        return {number: path for number, path in numbers if number is not None}


def folder_place(path: Path, *, option: str) -> Place:
    """Return the place of the folder that a user names `path`.

    Raises DatabaseError if something stands there that no publisher made, or its parent is missing; `option` names
    the path.
    """
    another = f"give another folder with {option}"
    try:
        place = Place(path.parent.resolve(), path.name)
        is_in_folder = place.parent.is_dir()
        found = _foreign(path, place)
    except (OSError, RuntimeError) as error:  # a circle of links, for example
        problem = Problem(f"a path that cannot be followed ({error})", "a folder", another)
        raise DatabaseError(str(path), problem) from error
    if not is_in_folder:
        problem = Problem(f"no folder {place.parent}", "a folder to write into", f"make it, or {another}")
        raise DatabaseError(str(path), problem)
    if found:
        expected = "nothing there, or the link that a publisher made"
        raise DatabaseError(str(path), Problem(found, expected, f"move it away, or {another}"))
    return place


def _foreign(path: Path, place: Place) -> str | None:
    """Return what stands in a place that no publisher made; None for nothing, or what a publisher made."""
    if path.name in ("", "..") or (not path.is_symlink() and path.is_dir()):
        return "a folder that no publisher made"
    if place.link.is_symlink():
        leads_to = str(place.link.readlink())
        return None if place.number(leads_to) is not None else f"a link to {leads_to}, which no publisher made"
    if place.link.exists():
        return no_file(place.link.stat().st_mode) or "a file"
    return None


def replace_folder(place: Place, write: Callable[[Path], None]) -> bool:
    """Have `write` fill a new folder, and switch the link to it; return whether anything differs from before.

    A file that did not change is a hard link to that of the version before. Files are readable by all and writable
    by none. Older versions, and what an interrupted run left, are removed.

    The caller takes turns (see `publishers.replacing.take_turns`). Raises what `write` raises, TargetChangedError if
    somebody else switched the link meanwhile, OSError if a file cannot be written; the link then leads where it led.
    """
    before = place.current
    _remove_versions(place, but=before)
    old = place.parent / before if before else None
    unfinished = Path(tempfile.mkdtemp(dir=place.parent, prefix=f".{place.name}.unfinished-"))
    try:
        write(unfinished)
        is_same = _share_unchanged(unfinished, old)
        if is_same:
            return False
        version = place.parent / f".{place.name}-{max(place.versions(), default=0) + 1}"
        _finish(unfinished)
        unfinished.rename(version)
    finally:
        shutil.rmtree(unfinished, ignore_errors=True)
    if place.current != before or (before is None and place.link.exists()):
        shutil.rmtree(version)
        raise TargetChangedError
    unfinished_link = f".{place.name}.unfinished-"
    switch_link(place.link, Path(version.name), scratch=place.parent, prefix=unfinished_link)
    _remove_versions(place, but=version.name)
    return True


def _share_unchanged(new: Path, old: Path | None) -> bool:
    """Make the new files that equal the old ones hard links to them; return whether all do, and none is gone."""
    if old is None or not old.is_dir():
        return False
    names = _files(new)
    unchanged, _, _ = filecmp.cmpfiles(new, old, sorted(names), shallow=False)
    for name in unchanged:
        shared = new / f"{name}.shared"
        try:
            shared.hardlink_to(old / name)
        except OSError:  # a file system without hard links
            continue
        shared.replace(new / name)
    return set(unchanged) == names == _files(old)


def _files(folder: Path) -> set[str]:
    """Return the paths of all files in a folder, relative to it."""
    return {str(path.relative_to(folder)) for path in folder.rglob("*") if path.is_file()}


def _finish(folder: Path) -> None:
    """Open a folder to readers, and have the system write all of it to the disk itself."""
    paths = [folder, *folder.rglob("*")]
    for path in paths:
        path.chmod(_FOLDER_MODE if path.is_dir() else READ_ONLY)
    # Many at a time, which the file system then writes as one: of hundreds, it takes a twentieth of the time.
    with ThreadPoolExecutor(_FLUSHED_AT_A_TIME) as threads:
        for _ in threads.map(flush, paths):
            pass


def _remove_versions(place: Place, *, but: str | None) -> None:
    for path in place.versions().values():
        if path.name != but:
            shutil.rmtree(path, ignore_errors=True)
