"""A PDF's bytes → its pages of characters, upright as a person reads them."""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, NamedTuple, TypedDict, overload

import numpy as np
import numpy.typing as npt

from loaders.formats.apart import Limits, UnreadableError, answer_apart
from loaders.formats.lines import Box
from loaders.formats.pdf.characters import FIELDS, MAX_CHARACTERS, MAX_PAGES, NOT_SHOWN, SPACE_BEFORE
from loaders.formats.pdf.integrity import require_whole
from warehouse.errors import Complaints, Problem, counted, rejected

_CHARACTERS = "loaders.formats.pdf.characters"
_LIMITS = Limits(seconds=5, memory=1024**3)
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


_MOST_OF_PAGE = 0.5
_Numbers = npt.NDArray[np.float64]


class _About(TypedDict):
    """What is known of a page besides its characters."""

    box: tuple[float, float, float, float]
    """What is displayed of it: left, bottom, right, top."""
    rotation: int
    """Degrees, clockwise, by which it is turned for display."""
    objects: int
    characters: int


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


class PicturesOnlyError(Exception):
    """A PDF displays pictures or drawings, and no text: it is a scan."""


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

    Raises RejectedReportError for a PDF that is damaged, protected, too large or empty, PicturesOnlyError for a scan.
    """
    require_whole(content, file)
    about_pages, characters = _characters(content, file)
    # Text that is not displayed is what a machine read in a scan: its pictures are what the report prints.
    if not (characters[:, -1].astype(int) & NOT_SHOWN == 0).any() and any(about["objects"] for about in about_pages):
        raise PicturesOnlyError
    complaints = Complaints(file)
    pages: list[Page] = []
    start = 0
    for number, about in enumerate(about_pages, start=1):
        rows = characters[start : start + about["characters"]]
        start += about["characters"]
        pages += _read_page(number, about, rows, complaints)
    if not len(characters):
        raise rejected(file, Problem("a PDF without text or pictures", "the pages of a report", _TAKE_ANOTHER))
    if complaints:
        raise complaints.rejection()
    return pages


def _characters(content: bytes, file: str) -> tuple[list[_About], _Numbers]:
    """Return what is known of the pages, and the numbers of each of their characters."""
    try:
        answer, numbers = answer_apart(_CHARACTERS, content, _LIMITS)
    except UnreadableError:
        found = "a PDF that cannot be read within the time and memory of a report"
        raise rejected(file, Problem(found, "a whole PDF", f"fetch it again, or {_TAKE_ANOTHER}")) from None
    if "problem" in answer:
        raise rejected(file, _problem(answer["problem"], answer.get("count", 0)))
    return answer["pages"], np.frombuffer(numbers, dtype=np.float64).reshape(-1, FIELDS)


def _problem(name: str, count: int) -> Problem:
    return {
        "password": Problem("a PDF that a password protects", "a PDF that opens without one", "save it without one"),
        "damaged": Problem("a damaged PDF", "a whole PDF", f"fetch it again, or {_TAKE_ANOTHER}"),
        "page": Problem(f"a PDF whose page {count} is damaged", "a whole PDF", f"fetch it again, or {_TAKE_ANOTHER}"),
        "pages": Problem(f"a PDF of {counted(count, 'page')}", f"at most {MAX_PAGES}", _GIVE),
        "characters": Problem(f"more than {MAX_CHARACTERS:,} characters", f"at most {MAX_CHARACTERS:,}", _GIVE),
    }[name]


def _read_page(number: int, about: _About, numbers: _Numbers, complaints: Complaints) -> Iterator[Page]:
    """Return a page once for each direction in which it prints text."""
    place = f"page {number}"
    if not len(numbers):
        if about["objects"]:
            found, expected = "a page that is a picture", "pages whose text can be selected"
            complaints.add_at(place, Problem(found, expected, f"scan all pages alike, or {_TAKE_ANOTHER}", found))
        return
    odd = numbers[:, -1].astype(int)
    if (odd & NOT_SHOWN).any():
        found = "text that is not displayed, such as that of a scan made searchable"
        complaints.add_at(place, Problem(found, "text as displayed", _TAKE_ANOTHER, found))
        return
    turns = -np.degrees(numbers[:, 7]) / _QUARTER  # PDFium counts them with the clock
    directions = np.round(turns).astype(int)
    is_askew = np.abs(turns - directions) * _QUARTER > _MOST_ASKEW
    if is_askew.mean() > _MOST_OF_PAGE:
        found = "text that is printed at an angle"
        complaints.add_at(place, Problem(found, "text in lines", _TAKE_ANOTHER, found))
        return
    left, bottom, right, top = about["box"]
    size = (right - left, top - bottom)
    rotation = about["rotation"] // _QUARTER % 4
    shown = (size[1], size[0]) if rotation % 2 else size
    # The corners of the box and the origin, from the left and from the top of the page as it is displayed.
    points = [_turned(numbers[:, x] - left, top - numbers[:, y], rotation, *size) for x, y in ((1, 2), (3, 4), (5, 6))]
    middle = [(one + other) / 2 for one, other in zip(*points[:2], strict=True)]
    is_on_page = (middle[0] >= 0) & (middle[0] <= shown[0]) & (middle[1] >= 0) & (middle[1] <= shown[1])
    if any(chr(int(code)).isdecimal() for code in numbers[~is_on_page, 0]):
        found = "figures beyond the edge of the page, which are not displayed"
        complaints.add_at(place, Problem(found, "text as displayed", _TAKE_ANOTHER, found))
        return
    chars = np.asarray([_char(int(code)) for code in numbers[:, 0].tolist()], dtype=object)
    turned = (directions - rotation) % 4
    chosen = is_on_page & ~is_askew
    for quarters, _ in Counter(turned[chosen].tolist()).most_common():
        those = chosen & (turned == quarters)
        upright = [_turned(x[those], y[those], quarters, *shown) for x, y in points]
        (one_x, one_y), (other_x, other_y), (_, baseline) = upright
        glyphs = zip(
            chars[those].tolist(),
            np.minimum(one_x, other_x).tolist(),
            np.minimum(one_y, other_y).tolist(),
            np.maximum(one_x, other_x).tolist(),
            np.maximum(one_y, other_y).tolist(),
            baseline.tolist(),
            (odd[those] & SPACE_BEFORE).astype(bool).tolist(),
            strict=True,
        )
        yield Page(number, tuple(map(Glyph._make, glyphs)), quarters, *shown)


@overload
def _turned(x: float, y: float, quarters: int, width: float, height: float) -> tuple[float, float]: ...
@overload
def _turned(x: _Numbers, y: _Numbers, quarters: int, width: float, height: float) -> tuple[_Numbers, _Numbers]: ...
def _turned(x: Any, y: Any, quarters: int, width: float, height: float) -> tuple[Any, Any]:
    """Return points of a page, y from the top, after it was turned clockwise; back where `quarters` is negative.

    The size is that of the page before it was turned clockwise.
    """
    match quarters:
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
