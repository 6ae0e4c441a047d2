"""The table of the kinds of files that can be read."""

from __future__ import annotations

from dataclasses import dataclass

from loaders.formats.kinds import TEXT, Kind, kind_of
from loaders.formats.lines import PrintedLines, Reader
from loaders.formats.text import read_text
from warehouse.errors import Problem, rejected


@dataclass(frozen=True, slots=True)
class Format:
    """A kind of file that can be read."""

    kind: Kind
    endings: tuple[str, ...]
    """Endings of the names by which a folder's files are taken for reports, in lower case with their dots."""
    read: Reader


FORMATS = (Format(TEXT, (".txt",), read_text),)
"""Each kind once."""


def read_lines(content: bytes, file: str) -> PrintedLines:
    """Return the lines that a file's bytes print, by the reader for their kind; `file` is named in messages.

    Raises RejectedReportError where no reader reads that kind, or the reader refuses the content.
    """
    kind = kind_of(content)
    for known in FORMATS:
        if known.kind == kind:
            return known.read(content, file)
    readable = " or ".join(known.kind.name for known in FORMATS)
    raise rejected(file, Problem(kind.name, readable, kind.action))


def endings() -> tuple[str, ...]:
    """Return the endings of all files that can be read, each once."""
    return tuple(dict.fromkeys(ending for known in FORMATS for ending in known.endings))
