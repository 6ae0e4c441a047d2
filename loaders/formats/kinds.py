"""Which kind of file a content is, by its bytes alone: the ending of a name may be wrong."""

from __future__ import annotations

import codecs
import re
from typing import NamedTuple


class Kind(NamedTuple):
    """A kind of file."""

    name: str
    """As messages name it, with its article."""
    action: str
    """What the owner of such a file can do where there is no reader for it."""


_MARKS = {
    2: ((codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16")),
    4: ((codecs.BOM_UTF32_LE, "utf-32"), (codecs.BOM_UTF32_BE, "utf-32")),
}
_LOOKED_AT = 4_096
"""Bytes of the beginning."""
_SAVE_AS_TEXT = "open it and save the report as plain text in UTF-8"
_GIVE_TEXT = "give the report itself as plain text in UTF-8"
_UNPACK = "unpack it and give the report that is in it"
_SAVE_AS_UTF_8 = "save the report again as UTF-8"

TEXT = Kind("text", _SAVE_AS_UTF_8)
"""The kind of every content that is known as no other."""
WORKBOOK = Kind("an Excel workbook", _SAVE_AS_TEXT)
OLD_WORKBOOK = Kind("an old Excel workbook (.xls)", _SAVE_AS_TEXT)
OPEN_SHEET = Kind("an OpenDocument sheet", _SAVE_AS_TEXT)
PDF = Kind("a PDF", _SAVE_AS_TEXT)
PICTURE = Kind("a picture", "scan the report as PNG, JPEG, TIFF or PDF")
"""Of the kinds of pictures that scanners make."""
_PROTECTED = Kind("an Office document that a password protects", "open it and save it again without a password")

# Each kind: its first bytes, its name, what to do.
_KINDS = (
    (rb"\xff\xfe\x00\x00|\x00\x00\xfe\xff", "text in UTF-32", _SAVE_AS_UTF_8),
    (rb"(?:\xef\xbb\xbf|\s)*%PDF-", "a PDF", _SAVE_AS_TEXT),
    (rb"PK(?:\x03\x04|\x05\x06|\x07\x08)", "a zip archive", _UNPACK),
    (rb"\x1f\x8b", "a gzip archive", _UNPACK),
    (rb"BZh[1-9]", "a bzip2 archive", _UNPACK),
    (rb"\xfd7zXZ\x00", "an xz archive", _UNPACK),
    (rb"7z\xbc\xaf\x27\x1c", "a 7-Zip archive", _UNPACK),
    (rb"Rar!\x1a\x07", "a RAR archive", _UNPACK),
    (rb".{257}ustar", "a tar archive", _UNPACK),
    (rb"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "an old Office document (such as .xls or .doc)", _SAVE_AS_TEXT),
    (rb"(?:\xef\xbb\xbf|\s)*\{\\rtf", "a document in Rich Text Format", _SAVE_AS_TEXT),
    (rb"(?:\xef\xbb\xbf|\s)*(?:<!doctype html|<html|<head|<body)", "a web page (HTML)", _GIVE_TEXT),
    (rb"(?:\xef\xbb\xbf|\s)*<\?xml", "XML", _GIVE_TEXT),
    (rb"\x89PNG\r\n|\xff\xd8\xff|II\*\x00|MM\x00\*", *PICTURE),
    (rb"GIF8[79]a|BM.{12}|RIFF.{4}WEBP", "a picture that is no PNG, JPEG or TIFF", "save it as PNG"),
    (rb"SQLite format 3\x00|.{8}DUCK", "a database", _GIVE_TEXT),
    (rb"PAR1", "a Parquet file", _GIVE_TEXT),
    (rb"\x7fELF|MZ.{2}\x00", "a program", _GIVE_TEXT),
)
_MEMBERS = (
    (b"xl/workbook.", WORKBOOK),
    (b"word/document.", Kind("a Word document", _SAVE_AS_TEXT)),
    (b"mimetypeapplication/vnd.oasis.opendocument.spreadsheet", OPEN_SHEET),
    (b"mimetypeapplication/vnd.oasis.opendocument", Kind("an OpenDocument document", _SAVE_AS_TEXT)),
    (b"[Content_Types].xml", Kind("an Office document", _SAVE_AS_TEXT)),
)
_OLD_MEMBERS = (("EncryptedPackage", _PROTECTED), ("Workbook", OLD_WORKBOOK), ("Book", OLD_WORKBOOK))
_PATTERNS = [(re.compile(start, re.IGNORECASE | re.DOTALL), Kind(name, action)) for start, name, action in _KINDS]


def kind_of(content: bytes) -> Kind:
    """Return the kind that a file's content is of."""
    beginning = content[:_LOOKED_AT]
    for start, kind in _PATTERNS:
        if start.match(beginning):
            return _kind_of_members(content) or kind
    return Kind("text in UTF-32", _SAVE_AS_UTF_8) if _wide_encoding(beginning, 4) else TEXT


def utf_16_of(content: bytes) -> str | None:
    """Return the codec of a text in UTF-16, with or without a mark at its beginning; None for any other content."""
    return _wide_encoding(content[:_LOOKED_AT], 2)


def _kind_of_members(content: bytes) -> Kind | None:
    """Return the kind of an Office document by the names of its members; None for any other content."""
    if content.startswith(b"PK"):
        # The names stand once more at the end, uncompressed, whatever the order of the members.
        for member, kind in _MEMBERS:
            if member in content:
                return kind
    elif content.startswith(b"\xd0\xcf\x11\xe0"):
        for name, kind in _OLD_MEMBERS:
            if name.encode("utf-16-le") in content:
                return kind
    return None


def _wide_encoding(beginning: bytes, width: int) -> str | None:
    """Return the codec of a text whose characters take `width` bytes each (2 or 4), most of them zero."""
    for mark, codec in _MARKS[width]:
        if beginning.startswith(mark):
            return codec
    whole = beginning[: len(beginning) // width * width]
    if len(whole) < 4 * width:
        return None
    zeros = [whole[place::width].count(0) * width / len(whole) for place in range(width)]
    least, *others = sorted(zeros)
    if least >= 0.1 or others[0] <= 0.8:
        return None
    return f"utf-{8 * width}-{'le' if zeros[0] == least else 'be'}"
