"""A file → its bytes, refusing early what cannot be a report."""

from __future__ import annotations

from pathlib import Path

from loaders.formats.kinds import PDF, PICTURE, kind_of
from warehouse.errors import Problem, RejectedReportError, rejected
from warehouse.places import no_file

MAX_BYTES = 16 * 1024 * 1024
"""A report has 20 to 50 KB. A file hundreds of times as large is a mistake, and refused unread."""
MAX_BYTES_OF_PAGES = 256 * 1024 * 1024
"""The same of a PDF or a picture, as a page that was scanned may have some megabytes."""
_BEGINNING = 4_096
"""Bytes that show which of the two a file is."""


def read_bytes(path: Path, file: str) -> bytes:
    """Return the content of a regular file of 1 to MAX_BYTES bytes, more of a scan; `file` names it in messages.

    Raises RejectedReportError for anything else, without waiting for a pipe or reading a large file.
    """
    try:
        status = path.stat()
        if found := no_file(status.st_mode):
            raise rejected(file, Problem(found, "a regular file", "give the path of a report file"))
        with path.open("rb") as opened:
            beginning = opened.read(_BEGINNING)
            most = MAX_BYTES_OF_PAGES if kind_of(beginning) in (PDF, PICTURE) else MAX_BYTES
            if status.st_size > most:
                raise _too_large(file, f"{status.st_size:,} bytes", most)
            content = beginning + opened.read(most + 1 - len(beginning))
    except FileNotFoundError:
        raise rejected(file, Problem("no such file", "a report file", "check the path")) from None
    except (OSError, ValueError) as error:
        reason = error.strerror if isinstance(error, OSError) and error.strerror else str(error)
        problem = Problem(f"a file that cannot be read ({reason})", "a readable file", "check path and permissions")
        raise rejected(file, problem) from error
    if len(content) > most:
        raise _too_large(file, f"more than {most:,} bytes", most)
    if not content:
        raise rejected(file, Problem("an empty file", "the text of a report", "fetch the report again"))
    return content


def _too_large(file: str, size: str, most: int) -> RejectedReportError:
    usual, action = "a report has about 20,000", "give the report itself"
    if most == MAX_BYTES_OF_PAGES:
        usual, action = "a page scanned at 200 dpi in grey has about 300,000", "scan again at 200 to 300 dpi in grey"
    return rejected(file, Problem(f"a file of {size}", f"at most {most:,} bytes ({usual})", action))
