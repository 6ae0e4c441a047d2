"""Ctrl-C, at whatever moment it comes: raised once where there is work to close, else the end, and never a traceback.

This module imports next to nothing, so that it answers before a command has imported what it needs.
"""

from __future__ import annotations

import os
import signal

TYPE_CHECKING = False  # as `typing` has it, which takes longer to import than all that is here
if TYPE_CHECKING:
    from collections.abc import Callable
    from types import FrameType
    from typing import NoReturn

INTERRUPTED = 130
"""The exit code after Ctrl-C, as of any program."""

_came = False


def came() -> bool:
    """Return whether Ctrl-C was raised, also where some library has made another error of it since."""
    return _came


def answer_by_ending() -> None:
    """At Ctrl-C, end the process at once: there is nothing to close, or somebody is too impatient to wait for it."""
    _answer(_end)


def answer_by_raising() -> None:
    """At the next Ctrl-C, raise KeyboardInterrupt, so that work in hand is closed; at another one, end at once."""
    _answer(_raise)


def ignore() -> None:
    """Do not answer Ctrl-C any more."""
    _answer(signal.SIG_IGN)


def end() -> NoReturn:
    """End the process as Ctrl-C does."""
    try:
        os.write(2, b"interrupted\n")
    finally:
        os._exit(INTERRUPTED)


def _answer(handler: Callable[[int, FrameType | None], None] | signal.Handlers) -> None:
    # Where the system says that a process is not to be interrupted, as one in the background, it stays so.
    if signal.getsignal(signal.SIGINT) is not signal.SIG_IGN:
        signal.signal(signal.SIGINT, handler)


def _raise(_number: int, _frame: FrameType | None) -> None:
    global _came
    _came = True
    answer_by_ending()
    raise KeyboardInterrupt


def _end(_number: int, _frame: FrameType | None) -> None:
    end()
