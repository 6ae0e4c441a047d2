"""The reader of scans: pages that are pictures."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from loaders.formats.apart import Limits, UnreadableError, answer_apart
from loaders.formats.lines import Box, Place, PrintedLines
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
_MOST_OPEN = 0.1
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
class _Open:
    """A word on which no two readings agree."""

    page: int
    line: int
    box: Box
    """On the page as it was scanned."""
    readings: tuple[str, ...]


def read_scan(content: bytes, file: str) -> PrintedLines:
    """Return the lines that the pages of a scan print; see `Reader`.

    Raises RejectedReportError, besides, where a figure is not read alike twice: what is read is never a guess.
    """
    if not is_installed():
        found, expected = "a scan, and nothing that reads scans is installed", "what reads scans (Tesseract, OpenCV)"
        raise rejected(file, Problem(found, expected, "run `make scan` once, then load the report again"))
    answer = _answer(content, file)
    pages = [_page(about) for about in answer]
    complaints = Complaints(file)
    lines = lines_of_tables([page for page, _ in pages], complaints)
    _complain_about_open(lines, [word for _, words in pages for word in words], complaints, file)
    if complaints:
        raise complaints.rejection()
    return lines


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


def _page(about: dict[str, Any]) -> tuple[list[TextLine], list[_Open]]:
    """Return the lines of a page, and those of its words on which no two readings agree."""
    page = ScannedPage(about["number"], (), 0, about["width"], about["height"], about["angle"])
    lines: list[TextLine] = []
    unsure: list[_Open] = []
    for number, line in enumerate(about["lines"], start=1):
        baseline, size = line["baseline"], _SIZE * line["digit_height"]
        words = [Word(word["text"], *Box(*word["box"]), baseline, size) for word in line["words"]]
        lines.append(TextLine(page, number, baseline, size, tuple(words)))
        unsure += [
            _Open(page.number, number, page.displayed(Box(*word["box"])), tuple(word["readings"]))
            for word in line["words"]
            if not word["is_sure"]
        ]
    return lines, unsure


def _complain_about_open(lines: PrintedLines, words: Sequence[_Open], complaints: Complaints, file: str) -> None:
    """Complain about each figure that has a word on which no two readings agree."""
    cells = [
        (place, column, box)
        for place in lines.places or ()
        for column, box in enumerate(place.boxes or (), start=1)
        if box is not None
    ]
    unsure = list(_open_cells(cells, words))
    if len(unsure) > _MOST_OPEN * len(cells):
        found = f"{counted(len(unsure), 'figure')} of {len(cells)} that cannot be read for certain"
        raise rejected(file, Problem(found, "a scan that is sharp enough to read", _SCAN_AGAIN))
    for place, column, word in unsure:
        read = ", ".join(dict.fromkeys(reading for reading in word.readings if reading)) or "nothing"
        found = f"a figure that cannot be read for certain in column {column} (read as {read})"
        complaints.add_at(place.cell(), Problem(found, "two readings that agree", _SCAN_AGAIN))


def _open_cells(cells: Sequence[tuple[Place, int, Box]], words: Sequence[_Open]) -> Iterator[tuple[Place, int, _Open]]:
    by_line: dict[tuple[int, int], list[_Open]] = {}
    for word in words:
        by_line.setdefault((word.page, word.line), []).append(word)
    for place, column, box in cells:
        for word in by_line.get((place.page_number or 0, place.line_on_page), ()):
            middle = (word.box.left + word.box.right) / 2
            if box.left - _NEAR <= middle <= box.right + _NEAR:
                yield place, column, word
                break
