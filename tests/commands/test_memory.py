"""What was there when a command began is left out of Python's search for garbage, once."""

from __future__ import annotations

import subprocess
import sys

PROGRAM = """
import gc
from warehouse.memory import stop_rescanning_memory
stop_rescanning_memory()
frozen, threshold = gc.get_freeze_count(), gc.get_threshold()[0]
kept = [[number] for number in range(1_000)]
stop_rescanning_memory()
print(frozen > 1_000, threshold, gc.get_freeze_count() <= frozen)
"""


def test_what_is_there_is_left_out_once() -> None:
    """In a process of its own, whose heap nothing else has touched."""
    result = subprocess.run([sys.executable, "-c", PROGRAM], capture_output=True, text=True, check=True)
    assert result.stdout.split() == ["True", "1000000", "True"]
