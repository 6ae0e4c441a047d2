"""Plain text → its lines: in UTF-8, or as spreadsheets save it, in UTF-16 or Windows-1252."""

from __future__ import annotations

import re
from collections.abc import Sequence

from loaders.formats.delimited import with_tabs
from loaders.formats.kinds import utf_16_of
from loaders.formats.lines import PrintedLines
from warehouse.errors import Complaints, Problem, counted, described, rejected

MAX_LINES = 100_000
"""A report has 500 to 1,000."""
MAX_LINE = 64 * 1024
"""Characters; a printed row has about a hundred."""

_BOM = b"\xef\xbb\xbf"
_NORWEGIAN = frozenset("æøåÆØÅäöÄÖéèêóòôáàâÉÈüÜ§«»–—’‘“”…•©°\u00a0čđŋšŧžČĐŊŠŦŽ¹²³½·")
"""Letters and signs beyond ASCII that Norwegian reports in Windows-1252 have."""
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f]")


def read_text(content: bytes, file: str) -> PrintedLines:
    r"""Return every line of a text, blank ones too, without its line end and without form feeds at its start.

    Only LF and CRLF end a line. `str.splitlines` would also break labels at U+2028, U+0085 and others, and
    every later line number would be wrong. Raises RejectedReportError if the content is not text in UTF-8.
    """
    complaints = Complaints(file)
    if (line_ends := content.count(b"\n")) > MAX_LINES:
        problem = Problem(f"{line_ends:,} lines", f"at most {MAX_LINES:,}", "give the report itself")
        raise rejected(file, problem)
    text = _decode(content, file)
    lines: Sequence[str] = text.split("\n")
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
    return PrintedLines(with_tabs(lines), range(1, len(lines) + 1))


def _decode(content: bytes, file: str) -> str:
    if codec := utf_16_of(content):
        return _decode_utf_16(content, codec, file)
    if (nul := content.find(0)) >= 0:
        found = "the byte 0x00, as in a binary file"
        problem = Problem(found, "text in UTF-8", "give the report as plain text, saved as UTF-8")
        raise rejected(file, problem, _line_at(content, nul))
    try:
        return content.removeprefix(_BOM).decode("utf-8")
    except UnicodeDecodeError as error:
        if _is_windows_text(content):
            return content.decode("cp1252")
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


def _decode_utf_16(content: bytes, codec: str, file: str) -> str:
    try:
        return content.decode(codec)
    except UnicodeDecodeError:
        found = "text in UTF-16 that is cut off or damaged"
        raise rejected(file, Problem(found, "whole text", "save the report again, as UTF-8")) from None


def _is_windows_text(content: bytes) -> bool:
    """Return whether bytes are text in Windows-1252, as older spreadsheets save it, and not damaged UTF-8.

    Every character beyond ASCII is then one that Norwegian text has; the first bytes of UTF-8's are none of them.
    """
    try:
        text = content.decode("cp1252")
    except UnicodeDecodeError:
        return False
    return _NORWEGIAN.issuperset(char for char in set(text) if not char.isascii())


def _line_at(content: bytes, position: int) -> int:
    return content.count(b"\n", 0, position) + 1
