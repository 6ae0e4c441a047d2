"""How every command of the project runs as a process: exit codes, what it prints, and how it is stopped.

This module imports nothing heavy, so that Ctrl-C ends a command without a traceback also while it still imports.
"""

import contextlib
import importlib
import io
import os
import signal
import sys
from collections.abc import Callable, Iterator
from enum import IntEnum
from typing import NoReturn, TextIO

from warehouse.errors import DatabaseError, WarehouseError, printable


class ExitCode(IntEnum):
    """What every command returns."""

    DONE = 0
    """All that was asked for is done."""
    REFUSED = 1
    """Something was refused, which stderr says; the rest is done."""
    UNUSABLE = 2
    """Wrong usage, or a database that cannot be used."""
    INTERRUPTED = 130
    """Ctrl-C."""


def run_as_process(module: str) -> NoReturn:
    """Import `module`, run its function `main` on the process's arguments, and exit with the code that it returns."""
    try:
        _make_streams_lenient()
        code = int(importlib.import_module(module).main())
    except KeyboardInterrupt:
        code = int(ExitCode.INTERRUPTED)
        tell("interrupted")
    except SystemExit as stop:  # argparse ends so, and has told why
        code = stop.code if isinstance(stop.code, int) else int(ExitCode.UNUSABLE)
    # From here on nothing can be interrupted that would have to be told.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    for stream in (sys.stdout, sys.stderr):
        with _listener_may_be_gone(stream):
            stream.flush()
    sys.exit(code)


def carry_out(work: Callable[[], ExitCode]) -> ExitCode:
    """Return what `work` returns; where it raises an error of this project, tell it and return the code for it."""
    try:
        return work()
    except DatabaseError as error:
        tell(error)
        return ExitCode.UNUSABLE
    except WarehouseError as error:
        tell(error)
        return ExitCode.REFUSED


def say(line: str) -> None:
    """Print a line of the result to stdout; nothing where nobody listens any more."""
    _write(sys.stdout, printable(line))


def tell(message: object) -> None:
    """Print what is wrong to stderr; nothing where nobody listens any more."""
    _write(sys.stderr, str(message))


def _write(stream: TextIO, text: str) -> None:
    with _listener_may_be_gone(stream):
        stream.write(text + "\n")


@contextlib.contextmanager
def _listener_may_be_gone(stream: TextIO) -> Iterator[None]:
    """Go on in silence where the reader of a pipe, such as `head -1`, is gone: the work and its exit code count."""
    try:
        yield
    except BrokenPipeError:
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, stream.fileno())
        os.close(nowhere)


def _make_streams_lenient() -> None:
    """Let a message come through also where the terminal lacks a character of a label."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")
