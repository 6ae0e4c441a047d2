"""Whether a PDF's bytes are whole, before anything reads them.

PDF readers mend what they can: of a file that is cut off they show the pages that are left, and of a damaged page the
part before the damage. A report read so would lack figures without a word.
"""

from __future__ import annotations

import re
import zlib
from base64 import a85decode

from warehouse.errors import Problem, rejected

MAX_UNPACKED = 64 * 1024 * 1024
"""Bytes of all packed parts together, but for pictures, which are not unpacked to read text; a report has some 2 MB."""

_FETCH = "fetch it again"
_LOOKED_AT = 2_048
_STREAM = re.compile(rb"stream\r?\n")
_PIECE = 1024 * 1024
_PACKED = re.compile(rb"/(?:FlateDecode|Fl)\b")
_AS_TEXT = re.compile(rb"/(?:ASCII85Decode|A85)\b")
_PICTURE = re.compile(rb"/Subtype\s*/Image\b")
_OTHER_FILTER = re.compile(rb"/(?:ASCIIHexDecode|AHx|LZWDecode|LZW|Crypt)\b")


def require_whole(content: bytes, file: str) -> None:
    """Raise RejectedReportError where a PDF is cut off, a packed part of it is damaged, or unpacks to too much."""
    _, end_mark, rest = content[-_LOOKED_AT:].rpartition(b"%%EOF")
    # An object behind the mark is an edit of the file, which has a mark of its own where it is whole.
    if not end_mark or b" obj" in rest:
        raise rejected(file, Problem("a PDF that is cut off", "a whole PDF, which ends in %%EOF", _FETCH))
    if b"/Encrypt" in content:
        return  # Its parts cannot be unpacked before they are decrypted.
    unpacked = 0
    end = 0
    while found := _STREAM.search(content, end):
        start = found.end()
        end = content.find(b"endstream", start)
        if end < 0:
            raise _damaged(file)
        about = content[content.rfind(b"obj", 0, found.start()) : found.start()]
        if _PACKED.search(about) and not _OTHER_FILTER.search(about) and not _PICTURE.search(about):
            unpacked += _unpacked_size(_binary(content[start:end], about, file), MAX_UNPACKED - unpacked, file)
            if unpacked > MAX_UNPACKED:
                size = f"a PDF that unpacks to more than {MAX_UNPACKED:,} bytes"
                raise rejected(file, Problem(size, f"at most {MAX_UNPACKED:,}", "give the report itself"))
        end += len(b"endstream")


def _binary(part: bytes, about: bytes, file: str) -> bytes:
    if not _AS_TEXT.search(about):
        return part
    try:
        return a85decode(part.strip().removesuffix(b"~>"))
    except ValueError:
        raise _damaged(file) from None


def _unpacked_size(part: bytes, most: int, file: str) -> int:
    """Return how many bytes a part unpacks to, a few at a time; beyond `most` it is not unpacked further."""
    unpacking = zlib.decompressobj()
    size = 0
    while part and size <= most:
        try:
            size += len(unpacking.decompress(part, _PIECE))
        except zlib.error:
            raise _damaged(file) from None
        if unpacking.eof:
            return size
        part = unpacking.unconsumed_tail
    if size <= most:
        raise _damaged(file)
    return size


def _damaged(file: str) -> Exception:
    return rejected(file, Problem("a damaged PDF, a part of which cannot be unpacked", "a whole PDF", _FETCH))
