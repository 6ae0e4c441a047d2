"""A PDF's bytes → its pages of characters, upright as a person reads them."""

from __future__ import annotations

import json
import math
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from loaders.formats.lines import Box
from loaders.formats.pdf.integrity import require_whole
from loaders.formats.pdf.worker import FIELDS, MAX_CHARACTERS, MAX_PAGES, NOT_SHOWN, SPACE_BEFORE
from warehouse.errors import Complaints, Problem, counted, rejected

_WORKER = Path(__file__).with_name("worker.py")
_LONGEST_WAIT = 60
"""Seconds; the worker's own limit of processor time ends it long before, unless the machine stands still."""
_GIVE = "give the report itself"
_TAKE_ANOTHER = "give the publisher's workbook instead, or the report as text"
_QUARTER = 90
_MOST_ASKEW = 2
"""Degrees by which text may be off a quarter turn and still be read in lines."""
_REPLACEMENT = "\ufffd"
_HYPHENS = {0x02: "-", 0xAD: "-", 0x2010: "-", 0x2011: "-"}
"""PDFium gives U+0002 for a hyphen at the end of a line."""
_UNKNOWN_CODES = frozenset((*range(0x20), 0x7F, 0xFFFD, 0xFFFE, 0xFFFF))
_PRIVATE = range(0xE000, 0xF900)


class Glyph(NamedTuple):
    """A character as it is drawn; its box is in points, from the left and from the top, as it is read."""

    char: str
    """U+FFFD where the file does not say which character the drawing means."""
    left: float
    top: float
    right: float
    bottom: float
    baseline: float
    space_before: bool


@dataclass(frozen=True, slots=True)
class Page:
    """What a page displays: its characters, turned upright."""

    number: int
    glyphs: tuple[Glyph, ...]
    turned: int
    """Quarter turns, clockwise, by which the text was turned to stand upright; places are told before them."""
    width: float
    height: float
    """Of the page as it is displayed."""

    def displayed(self, box: Box) -> Box:
        """Return where a box of upright text stands on the page as it is displayed."""
        left, top, right, bottom = box
        corners = [_turned(x, y, -self.turned, self.width, self.height) for x, y in ((left, top), (right, bottom))]
        (one_x, one_y), (other_x, other_y) = corners
        return Box(min(one_x, other_x), min(one_y, other_y), max(one_x, other_x), max(one_y, other_y))


def read_pages(content: bytes, file: str) -> list[Page]:
    """Return the pages of a PDF; those of text in several directions once for each, the most of it first.

    Raises RejectedReportError for a PDF that is damaged, protected, too large or without text.
    """
    require_whole(content, file)
    answer, characters = _characters(content, file)
    complaints = Complaints(file)
    pages: list[Page] = []
    start = 0
    for number, about in enumerate(answer["pages"], start=1):
        rows = characters[start : start + about["characters"]]
        start += about["characters"]
        pages += _read_page(number, about, rows, complaints)
    if not len(characters):
        found, expected = "a PDF without text, such as a scan", "a PDF whose text can be selected"
        raise rejected(file, Problem(found, expected, f"a scan cannot be read yet: {_TAKE_ANOTHER}"))
    if complaints:
        raise complaints.rejection()
    return pages


def _characters(content: bytes, file: str) -> tuple[dict[str, list[dict[str, object]]], npt.NDArray[np.float64]]:
    """Return what the worker says of the pages, and the numbers of each of their characters."""
    try:
        done = subprocess.run(  # noqa: S603 - Python itself, with a file of this package
            [sys.executable, "-I", str(_WORKER)], input=content, capture_output=True, timeout=_LONGEST_WAIT, check=True
        )
        line, _, numbers = done.stdout.partition(b"\n")
        answer = json.loads(line)
    except (subprocess.SubprocessError, ValueError):
        found = "a PDF that cannot be read within the time and memory of a report"
        raise rejected(file, Problem(found, "a whole PDF", f"fetch it again, or {_TAKE_ANOTHER}")) from None
    if "problem" in answer:
        raise rejected(file, _problem(answer["problem"], answer.get("count", 0)))
    return answer, np.frombuffer(numbers, dtype=np.float64).reshape(-1, FIELDS)


def _problem(name: str, count: int) -> Problem:
    return {
        "password": Problem("a PDF that a password protects", "a PDF that opens without one", "save it without one"),
        "damaged": Problem("a damaged PDF", "a whole PDF", f"fetch it again, or {_TAKE_ANOTHER}"),
        "page": Problem(f"a PDF whose page {count} is damaged", "a whole PDF", f"fetch it again, or {_TAKE_ANOTHER}"),
        "pages": Problem(f"a PDF of {counted(count, 'page')}", f"at most {MAX_PAGES}", _GIVE),
        "characters": Problem(f"more than {MAX_CHARACTERS:,} characters", f"at most {MAX_CHARACTERS:,}", _GIVE),
    }[name]


def _read_page(number: int, about: dict, rows: npt.NDArray[np.float64], complaints: Complaints) -> Iterator[Page]:
    place = f"page {number}"
    if not len(rows):
        if about["objects"]:
            found, expected = "a page that is a picture", "pages whose text can be selected"
            complaints.add_at(place, Problem(found, expected, f"a scan cannot be read yet: {_TAKE_ANOTHER}", found))
        return
    if any(int(odd) & NOT_SHOWN for odd in rows[:, -1]):
        found = "text that is not displayed, such as that of a scan made searchable"
        complaints.add_at(place, Problem(found, "text as displayed", _TAKE_ANOTHER, found))
        return
    rotation = about["rotation"] // _QUARTER
    left, bottom, right, top = about["box"]
    width, height = right - left, top - bottom
    if rotation % 2:
        width, height = height, width
    directions: dict[int, list[Glyph]] = {}
    askew = 0
    for row in rows.tolist():
        code, glyph_left, glyph_bottom, glyph_right, glyph_top, across, up, angle, odd = row
        turn = math.degrees(angle) / _QUARTER
        if abs(turn - round(turn)) * _QUARTER > _MOST_ASKEW:
            askew += 1
            continue
        # From the left and from the top of the page as it is displayed, and then so that the text stands upright.
        corners = [
            _turned(x - left, top - y, rotation, right - left, top - bottom)
            for x, y in ((glyph_left, glyph_bottom), (glyph_right, glyph_top), (across, up))
        ]
        if not all(0 <= (one + other) / 2 <= most for one, other, most in zip(*corners[:2], (width, height), strict=True)):
            continue
        turned = -round(turn) - rotation
        turned %= 4
        upright = [_turned(x, y, turned, width, height) for x, y in corners]
        (one_x, one_y), (other_x, other_y), (_, baseline) = upright
        directions.setdefault(turned, []).append(
            Glyph(
                _char(int(code)),
                min(one_x, other_x),
                min(one_y, other_y),
                max(one_x, other_x),
                max(one_y, other_y),
                baseline,
                bool(int(odd) & SPACE_BEFORE),
            )
        )
    if askew > sum(map(len, directions.values())):
        found = "text that is printed at an angle"
        complaints.add_at(place, Problem(found, "text in lines", _TAKE_ANOTHER, found))
    for turned, _ in Counter({turned: len(glyphs) for turned, glyphs in directions.items()}).most_common():
        yield Page(number, tuple(directions[turned]), turned, width, height)


def _turned(x: float, y: float, quarters: int, width: float, height: float) -> tuple[float, float]:
    """Return a point of a page, y from the top, after the page was turned clockwise; back where `quarters` is negative.

    The size is that of the page before it was turned clockwise.
    """
    match quarters % 4 if quarters >= 0 else -(-quarters % 4):
        case 1:
            return height - y, x
        case 2 | -2:
            return width - x, height - y
        case 3:
            return y, width - x
        case -1:
            return y, height - x
        case -3:
            return width - y, x
    return x, y


def _char(code: int) -> str:
    if code in _HYPHENS:
        return _HYPHENS[code]
    if code in _UNKNOWN_CODES or code in _PRIVATE or code > sys.maxunicode:
        return _REPLACEMENT
    return chr(code)
