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


AT_THE_END = """
from warehouse.memory import peak_bytes, stop_rescanning_memory
class Kept:
    def __init__(self):
        self.itself = self
    def __del__(self):
        print("looked for")
kept = b"x" * 150_000_000
print(150_000_000 < peak_bytes() < 600_000_000)
stop_rescanning_memory()
circle = Kept()
del circle
"""


def test_what_goes_with_the_process_is_not_looked_for() -> None:
    """A circle of references that is left is neither found in time nor at the end; the peak of memory is in bytes."""
    result = subprocess.run([sys.executable, "-c", AT_THE_END], capture_output=True, text=True, check=True)
    assert result.stdout.split() == ["True"]
