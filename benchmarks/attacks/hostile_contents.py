"""A thousand hostile contents for the loader, made of a sound report: each is loaded whole or refused with a reason."""

from __future__ import annotations

import codecs
import random
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import duckdb

from benchmarks.building import PROJECT

CONTENTS = 1_000
_SAMPLE = PROJECT / "reports" / "2024-04_oppfolging.txt"
_PIECES = (b"\0", b"\t" * 50, b"\r", b"\x0c", b"\x1b[31m", b"9" * 40, b"\xef\xbb\xbf", b"\n" * 9, b"\xff\xfe", b'"')
_Damage = Callable[[bytes, random.Random], bytes]


@dataclass(frozen=True, slots=True)
class Hostilities:
    """What became of the contents."""

    loaded: int
    refused: int
    silent: int
    """Neither loaded nor refused with a message."""
    torn: int
    """Loaded with other cells than the file prints."""
    tracebacks: int

    def __str__(self) -> str:
        """One line."""
        return (
            f"{self.loaded + self.refused + self.silent:,} hostile contents: {self.loaded:,} loaded whole, "
            f"{self.refused:,} refused with a reason, {self.silent:,} passed over, {self.torn:,} loaded otherwise than "
            f"printed, {self.tracebacks:,} tracebacks"
        )


def _cut_off(content: bytes, draw: random.Random) -> bytes:
    return content[: draw.randrange(len(content))]


def _flip_bits(content: bytes, draw: random.Random) -> bytes:
    flipped = bytearray(content)
    for _ in range(draw.randint(1, 20)):
        flipped[draw.randrange(len(flipped))] ^= 1 << draw.randrange(8)
    return bytes(flipped)


def _insert(content: bytes, draw: random.Random) -> bytes:
    piece = draw.choice(_PIECES)
    place = draw.randrange(len(content))
    return content[:place] + piece + content[place:]


def _splice(content: bytes, draw: random.Random) -> bytes:
    start, end, place = (draw.randrange(len(content)) for _ in range(3))
    return content[:place] + content[min(start, end) : max(start, end)] + content[place:]


def _shuffle_lines(content: bytes, draw: random.Random) -> bytes:
    lines = content.split(b"\n")
    start = draw.randrange(len(lines))
    piece = lines[start : start + draw.randint(2, 30)]
    draw.shuffle(piece)
    return b"\n".join([*lines[:start], *piece, *lines[start + len(piece) :]])


def _drop_lines(content: bytes, draw: random.Random) -> bytes:
    return b"\n".join(line for line in content.split(b"\n") if draw.random() > 0.02)


def _swap_fields(content: bytes, draw: random.Random) -> bytes:
    lines = [line.split(b"\t") for line in content.split(b"\n")]
    for fields in draw.sample(lines, 5):
        draw.shuffle(fields)
    return b"\n".join(b"\t".join(fields) for fields in lines)


def _recode(content: bytes, draw: random.Random) -> bytes:
    return content.decode().encode(draw.choice(["utf-16", "utf-32", "cp1252", "utf-8-sig", "utf-16-le"]), "replace")


def _change_ends(content: bytes, draw: random.Random) -> bytes:
    return b"".join(line + draw.choice([b"\n", b"\r\n", b"\r", b"\n\n"]) for line in content.split(b"\n"))


_DAMAGES: tuple[_Damage, ...] = (
    _cut_off,
    _flip_bits,
    _insert,
    _splice,
    _shuffle_lines,
    _drop_lines,
    _swap_fields,
    _recode,
    _change_ends,
)


def load_hostile_contents(folder: Path) -> Hostilities:
    """Load all contents in one run of the loader, in `folder`, and compare what landed with what the files print."""
    inbox, database = folder / "hostile", folder / "hostile.duckdb"
    inbox.mkdir()
    draw = random.Random(20_240_400)  # noqa: S311 - drawn, not secret
    contents = {
        f"{number:04}.txt": _DAMAGES[number % len(_DAMAGES)](_SAMPLE.read_bytes(), draw) for number in range(CONTENTS)
    }
    for name, content in contents.items():
        (inbox / name).write_bytes(content)
    run = subprocess.run(
        [sys.executable, "-m", "loaders", str(inbox), "--database", str(database)],
        cwd=PROJECT, capture_output=True, text=True, check=False,
    )  # fmt: skip
    with duckdb.connect(database, read_only=True) as connection:
        loaded = dict(connection.execute("select file_name, report_id from raw.reports").fetchall())
        torn = sum(not _is_whole(connection, loaded[name], contents[name]) for name in loaded)
    known = {content: name for name, content in contents.items() if name in loaded}
    named = {name for name in contents if f"{name}:" in run.stderr}
    silent = [name for name in contents if name not in loaded and name not in named and contents[name] not in known]
    refused = len(contents) - len(loaded) - len(silent)
    return Hostilities(len(loaded), refused, len(silent), torn, run.stderr.count("Traceback"))


def _text(content: bytes) -> str:
    """Return the text of a content that was loaded: in UTF-8, or as spreadsheets save it."""
    if content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return content.decode("utf-16")
    try:
        return content.decode()
    except UnicodeDecodeError:
        return content.decode("cp1252")


def _is_whole(connection: duckdb.DuckDBPyConnection, report_id: str, content: bytes) -> bool:
    """Return whether each figure of the report stands where the file prints it, and no row of figures is left out."""
    lines = _text(content).removeprefix("\ufeff").split("\n")
    cells = connection.execute(
        "select line_number, row_label, list(value_text order by column_number) from raw.cells "
        "where report_id = ? group by all",
        [report_id],
    ).fetchall()
    landed = {line: [label, *texts] for line, label, texts in cells}
    for number, line in enumerate(lines, start=1):
        fields = line.removesuffix("\r").lstrip("\f").split("\t")
        printed = [field for field in fields[1:] if field.strip()]
        figures = sum(field.strip().replace(" ", "").isdigit() or field.strip() == "*" for field in printed)
        if number in landed:
            if [landed[number][0], *(text for text in landed[number][1:] if text.strip())] != [fields[0], *printed]:
                return False
        elif figures > 1:
            return False
    return True
