"""What must be on the disk itself, and what must happen in one step, whatever stops the machine."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path


def flush(path: Path) -> None:
    """Have the system write the file or folder at `path` to the disk itself."""
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def replace_file(path: Path, content: bytes) -> None:
    """Put `content` in the place of the file at `path`, which need not be there, in one step; its mode stays.

    Raises OSError, having changed nothing.
    """
    unfinished = None
    try:
        with tempfile.NamedTemporaryFile(dir=path.parent, prefix=f".{path.name}.", delete=False) as file:
            unfinished = Path(file.name)
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        unfinished.chmod(path.stat().st_mode & 0o777 if path.exists() else 0o644)
        unfinished.replace(path)
    except OSError:
        if unfinished is not None:
            unfinished.unlink(missing_ok=True)
        raise


def switch_link(link: Path, leads_to: Path, *, scratch: Path, prefix: str) -> None:
    """Let a symbolic link, which need not be there yet, lead to another place in one step.

    `leads_to` is relative to the link's folder. The new link is made within `scratch`, of the same file system, in
    a folder whose name begins with `prefix`: that is what a run which is killed leaves.
    """
    flush(link.parent)
    with tempfile.TemporaryDirectory(dir=scratch, prefix=prefix) as folder:
        new_link = Path(folder) / link.name
        new_link.symlink_to(leads_to)
        new_link.replace(link)
    flush(link.parent)
