"""The folders of a release: its parts, each version of it, and the link that says which version counts.

Of a release at `release` (what the user names with `--to`):

    release                           → release.d/versions/VERSION, switched in one step
    release.d/parts/KEY/              what a worker made of one part, whole or not there
    release.d/versions/VERSION/       hard links to the files of parts, files of the driver, manifest.json
    release.d/reports.jsonl           periods of files, so that none is read twice

This module alone knows where files are, and does by renaming and linking whatever must happen in one step.
"""

from __future__ import annotations

import fcntl
import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from warehouse.durable import flush, switch_link
from warehouse.errors import DatabaseError, Problem

_UNFINISHED = ".unfinished-"


@dataclass(frozen=True, slots=True)
class Store:
    """Where a release is: `link` is the path that the user gave, made absolute."""

    link: Path

    @property
    def home(self) -> Path:
        """The folder of all that the link may lead to."""
        return self.link.with_name(f"{self.link.name}.d")

    @property
    def parts(self) -> Path:
        """The folder with a folder for each part."""
        return self.home / "parts"

    @property
    def versions(self) -> Path:
        """The folder with a folder for each version of the release."""
        return self.home / "versions"

    @property
    def notes(self) -> Path:
        """The file of the periods of report files."""
        return self.home / "reports.jsonl"

    def part(self, key: str) -> Path:
        """Return the folder of a part."""
        return self.parts / key

    def current(self) -> Path | None:
        """Return the folder of the version that counts, None where there is none yet."""
        return self.link.resolve() if self.link.is_dir() else None

    @contextmanager
    def only_builder(self) -> Iterator[None]:
        """Make the folders, and keep other builders from them; what killed ones left unfinished is removed.

        Raises DatabaseError if the release cannot be there, or another builder works on it; OSError if folders cannot
        be made.
        """
        self._require_own_link()
        for folder in (self.parts, self.versions):
            folder.mkdir(parents=True, exist_ok=True)
        descriptor = os.open(self.home, os.O_RDONLY)
        try:
            try:
                fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                problem = Problem("another builder at work on this release", "one at a time", "wait until it is done")
                raise DatabaseError(str(self.link), problem) from None
            except OSError:  # a file system without locks
                pass
            for folder in (self.parts, self.versions):
                for left_over in folder.glob(f"{_UNFINISHED}*"):
                    shutil.rmtree(left_over, ignore_errors=True)
            yield
        finally:
            os.close(descriptor)

    def _require_own_link(self) -> None:
        is_own = self.link.is_symlink() and self.link.readlink().parts[:1] == (self.home.name,)
        if not is_own and (self.link.is_symlink() or self.link.exists()):
            found = "a link to somewhere else" if self.link.is_symlink() else "a file or folder"
            problem = Problem(found, "a release of this command, or nothing yet", "give another path with --to")
            raise DatabaseError(str(self.link), problem)

    def switch(self, version: Path) -> None:
        """Let the link lead to a version, in one step, and remove versions that are neither this one nor the last.

        Readers may still have the last one open.
        """
        before = self.current()
        leads_to = Path(self.home.name) / version.relative_to(self.home)
        switch_link(self.link, leads_to, scratch=self.versions, prefix=_UNFINISHED)
        kept = {version.name, before.name if before else version.name}
        for folder in self.versions.iterdir():
            if folder.name not in kept:
                shutil.rmtree(folder, ignore_errors=True)

    def keep_parts(self, keys: set[str]) -> None:
        """Remove the parts that are none of these; the files that versions link to stay."""
        for folder in self.parts.iterdir():
            if folder.name not in keys:
                shutil.rmtree(folder, ignore_errors=True)


@contextmanager
def made_whole(target: Path) -> Iterator[Path]:
    """Yield an empty folder that becomes `target` in one step where the block succeeds; else nothing is there.

    Where somebody else has made the target meanwhile, that one stays. Raises OSError.
    """
    unfinished = Path(tempfile.mkdtemp(dir=target.parent, prefix=_UNFINISHED))
    try:
        unfinished.chmod(0o755)
        yield unfinished
        try:
            unfinished.rename(target)
        except OSError:
            if not target.is_dir():
                raise
        flush(target.parent)
    finally:
        if unfinished.exists():
            shutil.rmtree(unfinished, ignore_errors=True)


def link_or_copy(source: Path, target: Path) -> None:
    """Let a file be at a second place too, without a second copy where the file system has hard links."""
    target.parent.mkdir(parents=True, exist_ok=True)
    with suppress(OSError):
        target.hardlink_to(source)
        return
    shutil.copyfile(source, target)
