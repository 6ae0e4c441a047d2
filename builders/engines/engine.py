"""What an engine is."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Protocol

from builders.tasks import Outcome, Task

ATTEMPTS = 3
"""How often a part is tried whose worker died or could not build it."""


class Engine(Protocol):
    """Builds parts, each in a worker, several at once."""

    def run(self, tasks: Sequence[Task], done: Callable[[Outcome], None]) -> None:
        """Build each part, and tell its outcome when it is known; `done` is called by one thread at a time.

        A part that a worker could not build is tried again, up to ATTEMPTS times in all. Raises DatabaseError where the
        engine itself cannot be used.
        """
