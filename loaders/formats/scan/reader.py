"""The reader of scans: pages that are pictures."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from loaders.formats.apart import Limits, UnreadableError, answer_apart
from loaders.formats.lines import Box, PrintedLines, Readings
from loaders.formats.pdf.document import Page
from loaders.formats.pdf.tables import lines_of_tables
from loaders.formats.pdf.words import TextLine, Word
from loaders.formats.scan.installed import is_installed
from warehouse.errors import Complaints, Problem, counted, rejected

_WORDS = "loaders.formats.scan.words"
_LIMITS = Limits(seconds=1_800, memory=3 * 1024**3)
"""A page takes some five seconds."""
_SIZE = 1.6
"""Height of a font's letters, with room above and below, as a share of the height of its digits."""
_SCAN_AGAIN = "scan again at 200 dpi or more, or give the report as PDF with text, workbook or text"
_MOST_ILLEGIBLE = 0.1
"""Share of a report's figures on which readings may differ before the scan as a whole is called bad."""
_NEAR = 1.0
"""Points."""


@dataclass(frozen=True, slots=True)
class ScannedPage(Page):
    """A page that was turned upright, by so many degrees about its middle, against the clock."""

    angle: float

    def displayed(self, box: Box) -> Box:
        """Return where a box of upright text stands on the page as it was scanned."""
        middle_x, middle_y = self.width / 2, self.height / 2
        turn = math.radians(self.angle)
        corners = [
            (
                middle_x + math.cos(turn) * (x - middle_x) - math.sin(turn) * (y - middle_y),
                middle_y + math.sin(turn) * (x - middle_x) + math.cos(turn) * (y - middle_y),
            )
            for x, y in ((box.left, box.top), (box.right, box.top), (box.left, box.bottom), (box.right, box.bottom))
        ]
        across, down = [x for x, _ in corners], [y for _, y in corners]
        return Box(min(across), min(down), max(across), max(down))


@dataclass(frozen=True, slots=True)
class _Group:
    """A figure, or a group of three of its digits, and what was read there."""

    page: int
    line: int
    box: Box
    """On the page as it was scanned."""
    readings: Readings


def read_scan(content: bytes, file: str) -> PrintedLines:
    """Return the lines that the pages of a scan print; see `Reader`.

    A figure on which no two readings agree is a star or any digits in them, and its readings say so. Raises
    RejectedReportError, besides, where too many figures are such.
    """
    if not is_installed():
        found, expected = "a scan, and nothing that reads scans is installed", "what reads scans (Tesseract, OpenCV)"
        raise rejected(file, Problem(found, expected, "run `make scan` once, then load the report again"))
    answer = _answer(content, file)
    pages = [_page(about) for about in answer]
    complaints = Complaints(file)
    lines = lines_of_tables([page for page, _ in pages], complaints)
    if complaints:
        raise complaints.rejection()
    return _with_readings(lines, [group for _, groups in pages for group in groups], file)


def _answer(content: bytes, file: str) -> list[dict[str, Any]]:
    try:
        answer, _ = answer_apart(_WORDS, content, _LIMITS)
    except UnreadableError:
        found = "a scan that cannot be read within the time and memory of a report"
        raise rejected(file, Problem(found, "a whole scan of a report", _SCAN_AGAIN)) from None
    if "problem" in answer:
        raise rejected(file, _problem(answer["problem"], answer["count"]))
    pages: list[dict[str, Any]] = answer["pages"]
    return pages


def _problem(name: str, count: int) -> Problem:
    from loaders.formats.scan.pictures import MAX_PAGES, MAX_PIXELS

    return {
        "missing": Problem("a scan, and no data for Norwegian", "what reads scans", "run `make scan` once"),
        "password": Problem("a PDF that a password protects", "a PDF that opens without one", "save it without one"),
        "damaged": Problem("a damaged picture", "a whole PNG, JPEG, TIFF or PDF", "fetch it again, or scan again"),
        "page": Problem(f"a page {count} that is damaged", "a whole scan", "fetch it again, or scan again"),
        "pages": Problem(f"a scan of {counted(count, 'page')}", f"at most {MAX_PAGES}", "give the report itself"),
        "pixels": Problem(
            f"a picture of more than {MAX_PIXELS // 1_000_000} megapixels on page {count}",
            "a page scanned at 200 to 600 dpi",
            "scan again at 300 dpi",
        ),
        "specks": Problem(f"a page {count} full of specks", "letters on paper", _SCAN_AGAIN),
    }[name]


def _page(about: dict[str, Any]) -> tuple[list[TextLine], list[_Group]]:
    """Return the lines of a page, and what was read of the figures in them."""
    page = ScannedPage(about["number"], (), 0, about["width"], about["height"], about["angle"])
    lines: list[TextLine] = []
    groups: list[_Group] = []
    for number, line in enumerate(about["lines"], start=1):
        baseline, size = line["baseline"], _SIZE * line["digit_height"]
        words = [Word(word["text"], *Box(*word["box"]), baseline, size) for word in line["words"]]
        lines.append(TextLine(page, number, baseline, size, tuple(words)))
        groups += [
            _Group(
                page.number,
                number,
                page.displayed(Box(*word["box"])),
                Readings(tuple(word["readings"]), word["is_sure"]),
            )
            for word in line["words"]
            if word["readings"]
        ]
    return lines, groups


def _with_readings(lines: PrintedLines, groups: Sequence[_Group], file: str) -> PrintedLines:
    """Return the lines with the readings of each figure. Raises RejectedReportError where too few of them agree."""
    by_line: dict[tuple[int, int], list[_Group]] = {}
    for group in groups:
        by_line.setdefault((group.page, group.line), []).append(group)
    places = [
        place._replace(
            readings=tuple(
                box and _readings(box, by_line.get((place.page_number or 0, place.line_on_page), ()))
                for box in place.boxes
            )
        )
        if place.boxes
        else place
        for place in lines.places or ()
    ]
    figures = [readings for place in places for readings in place.readings or () if readings]
    illegible = sum(not readings.agree for readings in figures)
    if illegible > _MOST_ILLEGIBLE * len(figures):
        found = f"{counted(illegible, 'figure')} of {len(figures)} on which no two readings agree"
        expected = f"at most {_MOST_ILLEGIBLE:.0%} of the figures"
        raise rejected(file, Problem(found, expected, _SCAN_AGAIN))
    return replace(lines, places=places)


def _readings(box: Box, groups: Sequence[_Group]) -> Readings | None:
    """Return what was read within a box of a line: that of its groups of digits, put together."""
    within = [
        group.readings
        for group in groups
        if box.left - _NEAR <= (group.box.left + group.box.right) / 2 <= box.right + _NEAR
    ]
    if not within:
        return None
    texts = tuple("".join(parts) for parts in zip(*(readings.texts for readings in within), strict=True))
    return Readings(texts, all(readings.agree for readings in within))
