"""Which kind of file is no plain text, by its first bytes, and what its owner can do about it."""

import re

from warehouse.errors import Problem

_LOOKED_AT = 4_096
"""Bytes. The member names of an office document stand at its beginning."""
_SAVE_AS_TEXT = "open it and save the report as plain text in UTF-8"
_GIVE_TEXT = "give the report itself as plain text in UTF-8"
_UNPACK = "unpack it and give the report that is in it"

# Each kind: its first bytes, its name, what to do.
_KINDS = (
    (rb"\xff\xfe\x00\x00|\x00\x00\xfe\xff", "text in UTF-32", "save the report again as UTF-8"),
    (rb"\xff\xfe|\xfe\xff", "text in UTF-16", "save the report again as UTF-8"),
    (rb"(?:\xef\xbb\xbf|\s)*%PDF-", "a PDF", _SAVE_AS_TEXT),
    (rb"PK\x03\x04.{26}(?:\[Content_Types\]\.xml|_rels/|docProps/)(?s:.*?)xl/", "an Excel workbook", _SAVE_AS_TEXT),
    (rb"PK\x03\x04.{26}(?:\[Content_Types\]\.xml|_rels/|docProps/)(?s:.*?)word/", "a Word document", _SAVE_AS_TEXT),
    (rb"PK\x03\x04.{26}(?:\[Content_Types\]\.xml|_rels/|docProps/|xl/|word/)", "an Office document", _SAVE_AS_TEXT),
    (
        rb"PK\x03\x04.{26}mimetypeapplication/vnd\.oasis\.opendocument\.spreadsheet",
        "an OpenDocument sheet",
        _SAVE_AS_TEXT,
    ),
    (rb"PK\x03\x04.{26}mimetypeapplication/vnd\.oasis\.opendocument", "an OpenDocument document", _SAVE_AS_TEXT),
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
    (rb"\x89PNG\r\n|\xff\xd8\xff|GIF8[79]a|II\*\x00|MM\x00\*|BM.{12}|RIFF.{4}WEBP", "a picture", _GIVE_TEXT),
    (rb"SQLite format 3\x00|.{8}DUCK", "a database", _GIVE_TEXT),
    (rb"PAR1", "a Parquet file", _GIVE_TEXT),
    (rb"\x7fELF|MZ.{2}\x00", "a program", _GIVE_TEXT),
)
_PATTERNS = [(re.compile(start, re.IGNORECASE | re.DOTALL), name, action) for start, name, action in _KINDS]


def other_kind(content: bytes) -> Problem | None:
    """Return the problem of a file whose content is of another kind than text in UTF-8; None for all else."""
    beginning = content[:_LOOKED_AT]
    for start, name, action in _PATTERNS:
        if start.match(beginning):
            return Problem(name, "text in UTF-8", action)
    if without_bom := _wide_text(beginning):
        return Problem(f"text in {without_bom}", "text in UTF-8", "save the report again as UTF-8")
    return None


def _wide_text(beginning: bytes) -> str | None:
    """Return the encoding of a text whose characters take two or four bytes each, most of them zero."""
    for width, encoding in ((4, "UTF-32"), (2, "UTF-16")):
        whole = beginning[: len(beginning) // width * width]
        if len(whole) < 4 * width:
            continue
        zeros = [whole[place::width].count(0) * width / len(whole) for place in range(width)]
        most = sorted(zeros)
        if most[0] < 0.1 and most[1] > 0.8:
            return encoding
    return None
