"""What Tesseract reads in a run of glyphs: words with their boxes, or figures alone; in two pictures of the page.

The second picture is coarser, so that a stroke that noise makes or breaks in one of them seldom does so in both.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NamedTuple

import cv2
import numpy as np

from loaders.formats.scan.cleaning import CleanPage
from loaders.formats.scan.installed import LANGUAGE
from loaders.formats.scan.pictures import Grey
from loaders.formats.scan.segments import Line, Run

_ABOVE, _BELOW = 1.5, 0.55
"""Heights of a digit above and below the baseline that a reading looks at."""
_BESIDE = 8
"""Dots."""
_MARGIN = 12
"""White dots around what it looks at: it passes over single digits at an edge."""
_COARSER, _COARSER_DARKER = 0.7, 1.4
"""Size of the second picture, as a share of the first, and how many times as dark its strokes are."""
ENLARGED = 2
"""A third picture, of figures in which the others show too few digits."""
_LARGER, _LARGER_DARKER = 1.4, 1.5
_FIGURES = "0123456789*"


class ReadWord(NamedTuple):
    """A word as it is read, and where: in dots of the cleaned page."""

    text: str
    left: int
    right: int


@dataclass(frozen=True, slots=True)
class Words:
    """What is read in a run."""

    words: tuple[ReadWord, ...]
    confidence: int
    """0 to 100, as Tesseract has it."""

    @property
    def text(self) -> str:
        """Return the words with a space between."""
        return " ".join(word.text for word in self.words)

    def within(self, run: Run) -> Words:
        """Return the words that stand in a run of the line that these are read in."""
        inside = [word for word in self.words if run.left <= (word.left + word.right) / 2 <= run.right]
        return Words(tuple(inside), self.confidence)


class Tesseract:
    """Tesseract on one page at a time."""

    def __init__(self, api: Any, modes: Any) -> None:  # noqa: ANN401 - no types
        """Read with Tesseract's interface `api`; `modes` is the module that names its settings."""
        self._api = api
        self._modes = modes
        self._pictures: list[tuple[Grey, float]] = []

    def show(self, page: CleanPage) -> None:
        """Make a page the one that is read."""
        self._pictures = [(page.grey, 1.0), (_coarse(page.grey), _COARSER)]

    def words(self, run: Run, line: Line, picture: int) -> Words:
        """Return the words of a run, read in the first picture (0) or the second (1)."""
        self._api.SetVariable("tessedit_char_whitelist", "")
        return self._recognized(run, line, picture)

    def figure_words(self, run: Run, line: Line, picture: int) -> Words:
        """Return words of digits and stars of a run that has no other signs."""
        self._api.SetVariable("tessedit_char_whitelist", _FIGURES)
        return self._recognized(run, line, picture)

    def figures(self, run: Run, line: Line, picture: int) -> str:
        """Return digits and stars of a run that has no others, without spaces."""
        self._api.SetVariable("tessedit_char_whitelist", _FIGURES)
        self._look_at(run, line, picture)
        read = "".join(self._api.GetUTF8Text().split())
        for mode in (self._modes.PSM.SINGLE_WORD, self._modes.PSM.RAW_LINE):
            if read:
                break
            # It takes a star or a digit alone for no line of text at all.
            self._api.SetPageSegMode(mode)
            self._look_at(run, line, picture)
            read = "".join(self._api.GetUTF8Text().split())
            self._api.SetPageSegMode(self._modes.PSM.SINGLE_LINE)
        return read

    def _recognized(self, run: Run, line: Line, picture: int) -> Words:
        left, scale = self._look_at(run, line, picture)
        self._api.Recognize()
        return Words(tuple(self._words(run, left, scale)), int(self._api.MeanTextConf()))

    def _look_at(self, run: Run, line: Line, picture: int) -> tuple[int, float]:
        """Give Tesseract the part of the page where a run stands; return its left side and its scale."""
        shown, scale = self._pictures[0 if picture == ENLARGED else picture]
        left = int(max(run.left - _BESIDE, 0) * scale)
        right = int((run.right + _BESIDE) * scale)
        top = int(max(line.baseline - _ABOVE * line.digit_height, 0) * scale)
        bottom = int((line.baseline + _BELOW * line.digit_height) * scale)
        part = shown[top:bottom, left:right]
        if picture == ENLARGED:
            part = _darker(
                cv2.resize(part, None, fx=_LARGER, fy=_LARGER, interpolation=cv2.INTER_CUBIC), _LARGER_DARKER
            )
            left, scale = round(left * _LARGER), _LARGER
        part = cv2.copyMakeBorder(part, *[_MARGIN] * 4, cv2.BORDER_CONSTANT, value=255)
        height, width = part.shape
        self._api.SetImageBytes(part.tobytes(), width, height, 1, width)
        return left - _MARGIN, scale

    def _words(self, run: Run, start: int, scale: float) -> Iterator[ReadWord]:
        words = self._api.GetIterator()
        level = self._modes.RIL.WORD
        while words is not None:
            text = (words.GetUTF8Text(level) or "").strip() if not words.Empty(level) else ""
            box = words.BoundingBox(level) if text else None
            if box:
                left, right = ((start + side) / scale for side in (box[0], box[2]))
                yield ReadWord(text, max(round(left), run.left), min(round(right), run.right))
            if not words.Next(level):
                return


@contextmanager
def tesseract(folder: Path) -> Iterator[Tesseract]:
    """Return Tesseract for Norwegian, one line at a time."""
    import tesserocr

    with tesserocr.PyTessBaseAPI(path=f"{folder}/", lang=LANGUAGE, psm=tesserocr.PSM.SINGLE_LINE) as api:
        yield Tesseract(api, tesserocr)


def _coarse(grey: Grey) -> Grey:
    """Return a page in fewer dots, its strokes darker."""
    return _darker(cv2.resize(grey, None, fx=_COARSER, fy=_COARSER, interpolation=cv2.INTER_AREA), _COARSER_DARKER)


def _darker(grey: Grey, times: float) -> Grey:
    darker: Grey = np.clip(255 - (255 - grey.astype(np.float32)) * times, 0, 255).astype(np.uint8)
    return darker
