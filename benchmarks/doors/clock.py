"""Processor time, which says the same on a busy machine as on an idle one."""

from __future__ import annotations

import resource


def processor_seconds() -> float:
    """Return the seconds that this process and those that it waited for have taken of a processor."""
    used = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(some.ru_utime + some.ru_stime for some in used)
