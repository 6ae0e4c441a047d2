"""Places in the file system that hold something else than a file."""

from __future__ import annotations

import stat

_KINDS = {
    stat.S_IFDIR: "a folder",
    stat.S_IFIFO: "a named pipe",
    stat.S_IFSOCK: "a socket",
    stat.S_IFBLK: "a device",
    stat.S_IFCHR: "a device",
}


def no_file(mode: int) -> str | None:
    """Return the name of what stands at a place whose mode this is; None for a regular file."""
    return None if stat.S_ISREG(mode) else _KINDS.get(stat.S_IFMT(mode), "something else than a file")
