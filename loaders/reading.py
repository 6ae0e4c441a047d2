"""A file → its bytes, refusing early what cannot be a report."""

from __future__ import annotations

from pathlib import Path

from warehouse.errors import Problem, RejectedReportError, rejected
from warehouse.places import no_file

MAX_BYTES = 16 * 1024 * 1024
"""A report has 20 to 50 KB. A file hundreds of times as large is a mistake, and refused unread."""


def read_bytes(path: Path, file: str) -> bytes:
    """Return the content of a regular file of 1 to MAX_BYTES bytes; `file` names it in messages.

    Raises RejectedReportError for anything else, without waiting for a pipe or reading a large file.
    """
    try:
        status = path.stat()
        if found := no_file(status.st_mode):
            raise rejected(file, Problem(found, "a regular file", "give the path of a report file"))
        if status.st_size > MAX_BYTES:
            raise _too_large(file, f"{status.st_size:,} bytes")
        with path.open("rb") as opened:
            content = opened.read(MAX_BYTES + 1)
    except FileNotFoundError:
        raise rejected(file, Problem("no such file", "a report file", "check the path")) from None
    except (OSError, ValueError) as error:
        reason = error.strerror if isinstance(error, OSError) and error.strerror else str(error)
        problem = Problem(f"a file that cannot be read ({reason})", "a readable file", "check path and permissions")
        raise rejected(file, problem) from error
    if len(content) > MAX_BYTES:
        raise _too_large(file, f"more than {MAX_BYTES:,} bytes")
    if not content:
        raise rejected(file, Problem("an empty file", "the text of a report", "fetch the report again"))
    return content


def _too_large(file: str, size: str) -> RejectedReportError:
    problem = Problem(
        f"a file of {size}",
        f"at most {MAX_BYTES:,} bytes (a report has about 20,000)",
        "give the report itself",
    )
    return rejected(file, problem)
