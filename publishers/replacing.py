"""Put a file in the place of another one in one step, also where two programs want to at the same time.

Shared by all publishers whose target is a file; `publishers.switching` does so with a folder.
"""

from __future__ import annotations

import errno
import fcntl
import os
import shutil
import stat
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import NamedTuple, TypeVar

from warehouse.durable import flush
from warehouse.errors import DatabaseError, Problem
from warehouse.places import no_file
from warehouse.process import tell

READ_ONLY = 0o444
"""Mode of a published file: everybody may read it, and a reader that forgets `read_only` cannot lock others out."""

_ATTEMPTS = 3
"""How often publishing begins again because another program replaced the file that it looked at."""
_NO_ROOM = frozenset({errno.ENOSPC, errno.EFBIG, errno.EDQUOT})
_PATIENCE = 120.0
"""Seconds to wait for another publisher; the largest builds take a fraction of that."""

_Result = TypeVar("_Result")


class Seen(NamedTuple):
    """What stood in a place when it was looked at; two files of equal content are told apart."""

    inode: int
    size: int
    changed_at: int


class TargetChangedError(Exception):
    """Something else stands in the place of the file than when it was looked at; nothing was replaced."""


def real_file(path: Path, *, option: str) -> Path:
    """Return the file that `path` means, after symbolic links; it need not exist.

    Raises DatabaseError if something else than a file stands there, or its folder is missing; `option` names the path.
    """
    another_file = f"give another file with {option}"
    try:
        real = path.resolve()
        mode = real.stat().st_mode if real.exists() else stat.S_IFREG
        is_in_folder = real.parent.is_dir()
    except (OSError, RuntimeError) as error:  # a circle of links, for example
        problem = Problem(f"a path that cannot be followed ({error})", "a file", another_file)
        raise DatabaseError(str(path), problem) from error
    if found := no_file(mode):
        raise DatabaseError(str(path), Problem(found, "a file", another_file))
    if not is_in_folder:
        problem = Problem(f"no folder {real.parent}", "a folder for the file", f"make it, or {another_file}")
        raise DatabaseError(str(path), problem)
    return real


def seen(path: Path) -> Seen | None:
    """Return what stands at `path`, None for nothing."""
    try:
        status = path.stat()
    except FileNotFoundError:
        return None
    return Seen(status.st_ino, status.st_size, status.st_mtime_ns)


def take_turns(file: Path, target: Path, publish: Callable[[], _Result]) -> _Result:
    """Return what `publish` returns, which replaces `file`, while no other publisher works in the folder.

    `publish` begins again where it raises TargetChangedError. `target` is the file as the user named it. Raises
    DatabaseError if the file cannot be written, or other programs do not leave it alone.
    """
    try:
        with _only_publisher(file):
            for _ in range(_ATTEMPTS):
                with suppress(TargetChangedError):
                    return publish()
    except OSError as error:
        found = f"a file that cannot be written ({error.strerror or error})"
        expected = "room on the disk" if error.errno in _NO_ROOM else "a folder open for writing"
        raise DatabaseError(
            str(target), Problem(found, expected, "mend that, or give another file with --to")
        ) from error
    found = f"a file that another program replaced {_ATTEMPTS} times meanwhile"
    raise DatabaseError(str(target), Problem(found, "one publisher at a time", "try again when it is done"))


@contextmanager
def _only_publisher(target: Path) -> Iterator[None]:
    """Keep other publishers from the folder of `target`; wait while one is at work there, and say so.

    The kernel frees a lock when its process ends, however it ends. Then what killed publishers left unfinished is
    removed. Where the file system knows no locks, publishers go on without: each writes a file of its own, and replaces
    only what it has looked at. Raises DatabaseError if the other publisher does not end.
    """
    descriptor = os.open(target.parent, os.O_RDONLY)
    try:
        if _locked(descriptor, target):
            for left_over in target.parent.glob(f".{_escaped(target.name)}.unfinished*"):
                _remove(left_over)
        yield
    finally:
        os.close(descriptor)


def replace(target: Path, expected: Seen | None, write: Callable[[Path], None]) -> None:
    """Have `write` make a file beside `target`, and rename it over the target, readable by all and writable by none.

    Raises TargetChangedError if not what was `expected` stands there by then, and what `write` raises; then the target
    is as it was. OSError if a file cannot be written.
    """
    with tempfile.TemporaryDirectory(dir=target.parent, prefix=f".{target.name}.unfinished-") as folder:
        unfinished = Path(folder) / target.name
        write(unfinished)
        unfinished.chmod(READ_ONLY)
        flush(unfinished)
        if seen(target) != expected:
            raise TargetChangedError
        # A log left by someone who wrote into the old file would be applied to the new one.
        target.with_name(f"{target.name}.wal").unlink(missing_ok=True)
        unfinished.replace(target)
    flush(target.parent)


def _locked(descriptor: int, target: Path) -> bool:
    """Wait for the lock of the folder; return whether there are locks on this file system."""
    end, is_told = time.monotonic() + _PATIENCE, False
    while True:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            if time.monotonic() > end:
                problem = Problem(
                    "another publisher at work in this folder", "one at a time", "try again when it is done"
                )
                raise DatabaseError(str(target), problem) from None
            if not is_told:
                tell(f"{target}: waiting for another publisher, which is at work in this folder")
                is_told = True
            time.sleep(0.05)
        except OSError:
            return False
        else:
            return True


def _remove(left_over: Path) -> None:
    if left_over.is_dir() and not left_over.is_symlink():
        shutil.rmtree(left_over, ignore_errors=True)
    else:
        left_over.unlink(missing_ok=True)


def _escaped(name: str) -> str:
    return "".join(f"[{char}]" if char in "*?[" else char for char in name)
