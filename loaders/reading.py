"""A file → its bytes → its lines, refusing early what cannot be a report."""

import re
import stat
from pathlib import Path

from loaders.kinds import other_kind
from warehouse.errors import Complaints, Problem, RejectedReportError, counted, described, rejected

MAX_BYTES = 16 * 1024 * 1024
"""A report has 20 to 50 KB. A file hundreds of times as large is a mistake, and refused unread."""
MAX_LINES = 100_000
"""A report has 500 to 1,000."""
MAX_LINE = 64 * 1024
"""Characters; a printed row has about a hundred."""

_BOM = b"\xef\xbb\xbf"
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f]")
_KINDS = {stat.S_IFDIR: "a folder", stat.S_IFIFO: "a named pipe", stat.S_IFSOCK: "a socket"}


def read_bytes(path: Path, file: str) -> bytes:
    """Return the content of a regular file of 1 to MAX_BYTES bytes; `file` names it in messages.

    Raises RejectedReportError for anything else, without waiting for a pipe or reading a large file.
    """
    try:
        status = path.stat()
        if not stat.S_ISREG(status.st_mode):
            kind = _KINDS.get(stat.S_IFMT(status.st_mode), "a device")
            raise rejected(file, Problem(kind, "a regular file", "give the path of a report file"))
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


def read_lines(content: bytes, file: str) -> list[str]:
    r"""Return the lines of a text, without line ends and without form feeds at their start.

    Only LF and CRLF end a line. `str.splitlines` would also break labels at U+2028, U+0085 and others, and
    every later line number would be wrong. Raises RejectedReportError if the content is not text in UTF-8.
    """
    complaints = Complaints(file)
    if problem := other_kind(content):
        raise rejected(file, problem)
    if (line_ends := content.count(b"\n")) > MAX_LINES:
        problem = Problem(f"{line_ends:,} lines", f"at most {MAX_LINES:,}", "give the report itself")
        raise rejected(file, problem)
    text = _decode(content, file)
    lines = text.split("\n")
    if _CONTROL.search(text):
        lines = [line.removesuffix("\r").lstrip("\f") for line in lines]
        for number, line in enumerate(lines, start=1):
            if control := _CONTROL.search(line):
                found = f"the control character {described(control.group())}"
                complaints.add(number, Problem(found, "text without control characters", "remove it from the line"))
    if len(max(lines, key=len)) > MAX_LINE:
        for number, line in enumerate(lines, start=1):
            if len(line) > MAX_LINE:
                found = f"a line of {counted(len(line), 'character')}"
                complaints.add(number, Problem(found, f"at most {MAX_LINE:,}", "restore the line ends"))
    if complaints:
        raise complaints.rejection()
    return lines


def _decode(content: bytes, file: str) -> str:
    if (nul := content.find(0)) >= 0:
        found = "the byte 0x00, as in a binary file"
        problem = Problem(found, "text in UTF-8", "give the report as plain text, saved as UTF-8")
        raise rejected(file, problem, _line_at(content, nul))
    try:
        return content.removeprefix(_BOM).decode("utf-8")
    except UnicodeDecodeError as error:
        start = error.start + len(content) - len(content.removeprefix(_BOM))
        byte = content[start]
        column = start - content.rfind(b"\n", 0, start)
        problem = Problem(
            f"the byte 0x{byte:02X} at position {column:,} of the line, "
            f"which is not UTF-8 (in Latin-1 it is {described(chr(byte))})",
            "text in UTF-8",
            "save the report again as UTF-8, or fetch it again if it is not text in Latin-1",
        )
        raise rejected(file, problem, _line_at(content, start)) from None


def _line_at(content: bytes, position: int) -> int:
    return content.count(b"\n", 0, position) + 1


def _too_large(file: str, size: str) -> RejectedReportError:
    problem = Problem(
        f"a file of {size}",
        f"at most {MAX_BYTES:,} bytes (a report has about 20,000)",
        "give the report itself",
    )
    return rejected(file, problem)
