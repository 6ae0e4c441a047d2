"""What a process holds in memory: how much, and Python's search for garbage, kept from what stays until it ends."""

from __future__ import annotations

import atexit
import gc
import resource
import sys

_THRESHOLD = 1_000_000
"""Containers made and not yet gone before Python looks through the new ones: more than a build of one report leaves."""
_UNIT = 1 if sys.platform == "darwin" else 1024
"""Bytes in which the system counts memory."""


def peak_bytes(used: resource.struct_rusage | None = None) -> int:
    """Return the most memory that a process has held at once; of this one, or of the one that `used` is of."""
    return (used or resource.getrusage(resource.RUSAGE_SELF)).ru_maxrss * _UNIT


def stop_rescanning_memory() -> None:
    """Never look for garbage in what there is now, rarely in what comes, and not at all when the process ends.

    What a command has imported or parsed stays until it ends and then goes at once; Python would walk it again and
    again, and three times at the end. Done once in a process, so that one that works for long still gets rid of what
    it made and left.
    """
    if gc.get_threshold()[0] == _THRESHOLD:
        return
    gc.freeze()
    gc.set_threshold(_THRESHOLD, 100, 100)
    atexit.register(gc.freeze)
