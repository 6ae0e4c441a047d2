"""What the loader reads of a scan: what becomes of the file, and beneath that each figure, open or not."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any
from unittest.mock import patch

from benchmarks.doors.clock import processor_seconds
from benchmarks.doors.loader import read_by_loader
from benchmarks.doors.scores import OPEN, Read, Refused
from loaders.formats.apart import Limits, answer_apart
from loaders.formats.lines import Box, Place
from loaders.formats.pdf.document import Page
from loaders.formats.pdf.tables import lines_of_tables
from loaders.formats.pdf.words import TextLine, Word
from tests.loaders.printed_tables import Row
from warehouse.errors import Complaints

_SIZE = 1.6
"""Height of a font's letters, as a share of the height of its digits."""


@dataclass(slots=True)
class ScanReading:
    """What is read of a scan."""

    outcome: Read | Refused
    """Of the file as a whole."""
    beneath: Read
    """Rows as they are read where figures that are not certain stay open, even if the file is refused."""


@dataclass(slots=True)
class _Remembering:
    """Lets a scan be read once, and keeps what was read."""

    pages: list[dict[str, Any]] = field(default_factory=list)

    def answer(self, module: str, content: bytes, limits: Limits) -> tuple[dict[str, Any], bytes]:
        answer, rest = answer_apart(module, content, limits)
        self.pages = answer.get("pages", [])
        return answer, rest


def read_scan_words(content: bytes, name: str) -> ScanReading:
    """Return what the loader reads of a scan."""
    remembering = _Remembering()
    started = processor_seconds()
    with patch("loaders.formats.scan.reader.answer_apart", remembering.answer):
        outcome = read_by_loader(content, name)
    seconds = processor_seconds() - started
    rows, headers = _rows(remembering.pages)
    return ScanReading(outcome, Read(rows, headers, seconds))


def _rows(pages: list[dict[str, Any]]) -> tuple[list[Row], list[list[str]]]:
    lines = lines_of_tables([_lines(page) for page in pages], Complaints("scan"))
    unsure = {
        (page["number"], number): [word["box"] for word in line["words"] if not word["is_sure"]]
        for page in pages
        for number, line in enumerate(page["lines"], start=1)
    }
    rows: list[Row] = []
    headers: list[list[str]] = []
    for text, place in zip(lines.texts, lines.places or (), strict=True):
        label, tab, figures = text.partition("\t")
        if label and tab:
            rows.append((label, tuple(_with_open(figures.split("\t"), place, unsure))))
        elif tab:
            headers.append(figures.split("\t"))
    return rows, headers


def _lines(about: dict[str, Any]) -> list[TextLine]:
    page = Page(about["number"], (), 0, about["width"], about["height"])
    lines: list[TextLine] = []
    for number, line in enumerate(about["lines"], start=1):
        baseline, size = line["baseline"], _SIZE * line["digit_height"]
        words = tuple(Word(word["text"], *Box(*word["box"]), baseline, size) for word in line["words"])
        lines.append(TextLine(page, number, baseline, size, words))
    return lines


def _with_open(figures: list[str], place: Place, unsure: dict[tuple[int, int], list[list[float]]]) -> Iterator[str]:
    """Return the figures of a row, those with a word that is not sure as open."""
    boxes = unsure.get((place.page_number or 0, place.line_on_page), [])
    for figure, box in zip(figures, place.boxes or (), strict=True):
        is_open = box is not None and any(
            box.left - 1 <= (left + right) / 2 <= box.right + 1 for left, _, right, _ in boxes
        )
        yield OPEN if is_open else figure
