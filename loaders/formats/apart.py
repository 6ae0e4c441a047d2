"""Read a file in a process of its own: one made to do harm ends that process at its limits, and not the loader.

Run as a program, this is that process: it takes the name of a module, its limits, and the file on standard input, and
answers with a line of JSON and what follows it, which the module's function `answer` gives.
"""

from __future__ import annotations

import contextlib
import importlib
import json
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

_LOADER = Path(__file__).resolve().parents[2]


class UnreadableError(Exception):
    """The process ended without an answer: at a limit, or because the file broke it."""


@dataclass(frozen=True, slots=True)
class Limits:
    """What a file may take: seconds of processor time, and bytes of memory."""

    seconds: int
    memory: int


def answer_apart(module: str, content: bytes, limits: Limits) -> tuple[dict[str, Any], bytes]:
    """Return what `answer` of a module says of a file, and the bytes that follow it. Raises UnreadableError."""
    command = [sys.executable, "-I", __file__, module, str(limits.seconds), str(limits.memory)]
    try:
        # The limit of processor time ends it long before, unless the machine stands still.
        wait = 60 + 2 * limits.seconds
        done = subprocess.run(  # noqa: S603 - Python itself, with this file
            command, input=content, capture_output=True, timeout=wait, check=True
        )
        line, _, rest = done.stdout.partition(b"\n")
        said: dict[str, Any] = json.loads(line)
    except (subprocess.SubprocessError, ValueError) as error:
        raise UnreadableError from error
    return said, rest


def main() -> None:
    """Answer for the module and within the limits that the command line names."""
    module, seconds, memory = sys.argv[1], int(sys.argv[2]), int(sys.argv[3])
    with contextlib.suppress(ImportError, OSError, ValueError):  # Windows has no limits, and macOS not all of them
        import resource

        resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
        resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    sys.path.insert(0, str(_LOADER))
    said, rest = importlib.import_module(module).answer(sys.stdin.buffer.read())
    sys.stdout.buffer.write(json.dumps(said).encode() + b"\n" + rest)


if __name__ == "__main__":
    main()
