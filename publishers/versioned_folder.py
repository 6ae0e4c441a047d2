"""Put a folder in the place of another one in one step: a new folder beside it, and one switch of a symbolic link.

Shared by all publishers whose target is a folder. No system renames a folder over a full one, so that readers open a
link `NAME` to a folder `.NAME-<number>`, and a new version is a new folder. Files that did not change are hard links
to those of the version before.
"""

from __future__ import annotations

import filecmp
import os
import re
import shutil
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

from publishers.replacing import READ_ONLY, take_turns
from warehouse.errors import DatabaseError, Problem

_MOST_LINKS = 40
"""Links of links that are followed; more are a circle."""
_OPEN_TO_ALL = 0o755
_FLUSHED_AT_A_TIME = 16
_UNSWITCHED = ".link"
"""What the name of a link ends in before it is switched."""


@dataclass(frozen=True, slots=True)
class Replaced:
    """What replacing did: how many files the folder has now, and how many of them are not those of before."""

    file_count: int
    written_count: int

    @property
    def is_unchanged(self) -> bool:
        """Whether the folder held the same before, so that nothing was replaced."""
        return self.written_count == 0


def replace_folder(target: Path, write: Callable[[Path], None]) -> Replaced:
    """Have `write` fill a new folder, and make `target` a link to it, readable by all.

    All is on the disk before the link is switched, so that at every moment, also when the machine stops, `target` is
    the whole old folder or the whole new one. Where the new one would be equal to the old one, the old one stays. What
    killed publishers left is removed. Two publishers come one after the other.

    Raises DatabaseError if something else than such a link stands there or a file cannot be written, and what `write`
    raises; then the target is as it was.
    """
    link = _place(target)
    return take_turns(link, target, lambda: _replace(link, target, write))


def _place(target: Path) -> Path:
    """Return where the link to the newest version stands or will stand, after the links that a user made to it."""
    another = "give another folder with --to"
    place = target.absolute()
    for _ in range(_MOST_LINKS):
        if not place.is_symlink() or _is_version(place, place.readlink()):
            break
        place = place.parent / place.readlink()
    else:
        raise DatabaseError(str(target), Problem("a circle of links", "a folder", another))
    if not place.parent.is_dir():
        problem = Problem(f"no folder {place.parent}", "a folder to write into", f"make it, or {another}")
        raise DatabaseError(str(target), problem)
    if place.exists() and not place.is_symlink():
        kind = "folder" if place.is_dir() else "file"
        expected = "nothing, or a link that this command made"
        raise DatabaseError(str(target), Problem(f"a {kind} of your own", expected, f"move it away, or {another}"))
    return place


def _is_version(link: Path, folder: Path) -> bool:
    return folder.parent == Path() and re.fullmatch(rf"\.{re.escape(link.name)}-[0-9]+", folder.name) is not None


def _remove_left_overs(link: Path, old: Path | None) -> None:
    """Remove versions, and links to them that were not switched, which another run was stopped at."""
    for path in link.parent.iterdir():
        if path != old and _is_version(link, Path(path.name.removesuffix(_UNSWITCHED))):
            _remove(path)


def _replace(link: Path, target: Path, write: Callable[[Path], None]) -> Replaced:
    old = link.parent / link.readlink() if link.is_symlink() else None
    _remove_left_overs(link, old)
    number = 1 + int(old.name.rpartition("-")[2]) if old else 1
    new = link.with_name(f".{link.name}-{number}")
    unswitched = link.with_name(f"{new.name}{_UNSWITCHED}")
    try:
        new.mkdir()
        write(new)
        replaced = _finish(new, old)
        if old is not None and replaced.is_unchanged and _names(old) == _names(new):
            _remove(new)
            return replaced
        unswitched.symlink_to(new.name)
        _require_unchanged(link, target, old)
        unswitched.replace(link)
    except BaseException:
        if not (link.is_symlink() and link.readlink() == Path(new.name)):
            _remove(unswitched)
            _remove(new)
        raise
    _flush(link.parent)
    if old is not None:
        _remove(old)
    return replaced


def _require_unchanged(link: Path, target: Path, old: Path | None) -> None:
    """Raise DatabaseError unless there stands what stood there when the run began; a full folder is never hidden."""
    now = link.parent / link.readlink() if link.is_symlink() else None
    if now != old or (now is None and link.exists()):
        problem = Problem("something that another program put there meanwhile", "the same as before", "try again")
        raise DatabaseError(str(target), problem)


def _finish(new: Path, old: Path | None) -> Replaced:
    """Make files that did not change links to the old ones, and flush the others and all folders to the disk."""
    files = sorted(path for path in new.rglob("*") if path.is_file())
    written = []
    for path in files:
        before = old / path.relative_to(new) if old else None
        if before is not None and _is_same(before, path) and _linked(before, path):
            continue
        path.chmod(READ_ONLY)
        written.append(path)
    folders = [new, *(path for path in new.rglob("*") if path.is_dir())]
    for folder in folders:
        folder.chmod(_OPEN_TO_ALL)
    # Many at a time, which the file system then writes as one: it takes a twentieth of the time.
    with ThreadPoolExecutor(_FLUSHED_AT_A_TIME) as threads:
        for _ in threads.map(_flush, [*written, *folders]):
            pass
    return Replaced(len(files), len(written))


def _names(folder: Path) -> set[Path]:
    return {path.relative_to(folder) for path in folder.rglob("*")}


def _is_same(before: Path, path: Path) -> bool:
    return before.is_file() and filecmp.cmp(before, path, shallow=False)


def _linked(before: Path, path: Path) -> bool:
    """Put a link to the file `before` in the place of `path`; return whether the file system knows such links."""
    path.unlink()
    try:
        os.link(before, path)
    except OSError:
        shutil.copyfile(before, path)
        return False
    return True


def _remove(path: Path) -> None:
    if path.is_symlink():
        path.unlink()
    else:
        shutil.rmtree(path, ignore_errors=True)


def _flush(path: Path) -> None:
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
