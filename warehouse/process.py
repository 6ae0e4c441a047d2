"""How every command of the project runs as a process: exit codes, what it prints, and how it is stopped."""

from __future__ import annotations

import contextlib
import importlib
import io
import os
import sys
from collections.abc import Callable, Iterator
from enum import IntEnum
from typing import NoReturn, TextIO

from warehouse import interrupts
from warehouse.errors import DatabaseError, Problem, WarehouseError, printable, refused

_Hook = Callable[["sys.UnraisableHookArgs"], object]


class ExitCode(IntEnum):
    """What every command returns."""

    DONE = 0
    """All that was asked for is done."""
    REFUSED = 1
    """Something was refused, or could not be printed, which stderr says; the rest is done."""
    UNUSABLE = 2
    """Wrong usage, or a database that cannot be used."""
    INTERRUPTED = interrupts.INTERRUPTED
    """Ctrl-C."""


def run_as_process(module: str) -> NoReturn:
    """Import `module`, run its function `main` on the process's arguments, and exit with the code that it returns.

    Whoever calls this has had `interrupts.answer_by_ending` called before, so that there is no moment at which Ctrl-C
    is told by a traceback.
    """
    sys.unraisablehook = _interrupted_or(sys.unraisablehook)
    _open_missing_streams()
    _make_streams_lenient()
    main = importlib.import_module(module).main
    try:
        code = _finished(main)
    except KeyboardInterrupt as interrupt:
        code = ExitCode.INTERRUPTED
        tell(": ".join(["interrupted", *map(str, interrupt.args)]))
    if not _everything_is_printed() and code == ExitCode.DONE:
        code = ExitCode.REFUSED
    interrupts.ignore()
    sys.exit(int(code))


def carry_out(work: Callable[[], ExitCode], *, if_interrupted: str = "") -> ExitCode:
    """Return what `work` returns; where it raises an error of this project, tell it and return the code for it.

    Where Ctrl-C came, raises KeyboardInterrupt, whatever error a library has made of it; `if_interrupted` says what
    has become of the work then.
    """
    explanation = [if_interrupted] if if_interrupted else []
    try:
        code = work()
    except KeyboardInterrupt:
        raise KeyboardInterrupt(*explanation) from None
    except Exception as error:
        if interrupts.came():
            raise KeyboardInterrupt(*explanation) from None
        if not isinstance(error, WarehouseError):
            raise
        tell(error)
        return ExitCode.UNUSABLE if isinstance(error, DatabaseError) else ExitCode.REFUSED
    if code != ExitCode.DONE and interrupts.came():
        raise KeyboardInterrupt(*explanation)
    return code


def say(line: str) -> None:
    """Print a line of the result to stdout; nothing where nobody listens any more."""
    _write(sys.stdout, printable(line))


def tell(message: object) -> None:
    """Print what is wrong to stderr; nothing where nobody listens any more."""
    _write(sys.stderr, str(message))


def _finished(main: Callable[[], int]) -> int:
    """Return the exit code of `main`. Raises KeyboardInterrupt where Ctrl-C comes meanwhile, once at most."""
    interrupts.answer_by_raising()
    try:
        return int(main())
    except SystemExit as stop:  # argparse ends so, and has told why
        return stop.code if isinstance(stop.code, int) else int(ExitCode.UNUSABLE)
    except Exception:
        if interrupts.came():
            raise KeyboardInterrupt from None
        raise
    finally:
        interrupts.answer_by_ending()


def _interrupted_or(
    tell_unraisable: Callable[[sys.UnraisableHookArgs], object],
) -> Callable[[sys.UnraisableHookArgs], None]:
    """Return what to do with an error in a place that cannot raise it, which Ctrl-C may hit as any other."""

    def hook(unraisable: sys.UnraisableHookArgs) -> None:
        if unraisable.exc_type is KeyboardInterrupt:
            interrupts.end()
        tell_unraisable(unraisable)

    return hook


_lost: list[OSError] = []
"""Why the result could not be printed."""


def _write(stream: TextIO, text: str) -> None:
    with _nobody_may_listen(stream):
        stream.write(text + "\n")


def _everything_is_printed() -> bool:
    """Return whether what was said has left the process; else tell why not."""
    with _nobody_may_listen(sys.stdout):
        sys.stdout.flush()
    if _lost:
        found = f"a place that cannot be written ({_lost[0].strerror})"
        tell(refused("standard output", Problem(found, "room for what is printed", "the work itself is done")))
    with _nobody_may_listen(sys.stderr):
        sys.stderr.flush()
    return not _lost


@contextlib.contextmanager
def _nobody_may_listen(stream: TextIO) -> Iterator[None]:
    """Go on where a stream takes no more: the work and its exit code count.

    A reader of a pipe that is gone, such as `head -1`, has had enough; any other reason, such as a full disk, is kept.
    """
    try:
        yield
    except OSError as error:
        if stream is sys.stdout and not isinstance(error, BrokenPipeError):
            _lost.append(error)
        with contextlib.suppress(OSError, ValueError):
            nowhere = os.open(os.devnull, os.O_WRONLY)
            os.dup2(nowhere, stream.fileno())
            os.close(nowhere)


def _open_missing_streams() -> None:
    """Let what is printed go nowhere where a stream is closed; else a database would be opened under its number."""
    for number, name in enumerate(("stdin", "stdout", "stderr")):
        try:
            os.fstat(number)
        except OSError:
            os.open(os.devnull, os.O_RDWR)
        if getattr(sys, name) is None:
            setattr(sys, name, open(number, "r" if number == 0 else "w", encoding="utf-8", closefd=False))  # noqa: SIM115


def _make_streams_lenient() -> None:
    """Let a message come through also where the terminal lacks a character of a label."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")
