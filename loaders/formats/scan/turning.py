"""A page's picture → the same page upright, where it lies on its side or upside down in the scan.

Letters stand closer beside each other than above each other, which shows whether a page lies on its side. Which of two
opposite turns is upright is shown by Tesseract, which reads long texts with more confidence in that one.
"""

from __future__ import annotations

import cv2
import numpy as np

from loaders.formats.scan.cleaning import CleanPage, cleaned, ink_of
from loaders.formats.scan.pictures import Grey, Picture
from loaders.formats.scan.segments import lines_of_page
from loaders.formats.scan.tesseract import Tesseract

_LOOKED_AT_DPI = 150
_LETTERS = (5, 60)
"""Dots that a letter may be high or wide at that resolution."""
_FEWEST_LETTERS = 30
_REACH = 0.35
"""Sizes of a letter by which letters are made wider, or higher, to see whether they meet."""
_CLEARLY = 0.8
"""Patches that are left where letters meet above each other, as a share of those where they meet beside each other, up
to which a page lies on its side."""
_LOOKED_AT_RUNS = 12
_LONG_RUN = 5
"""Glyphs."""
_CONFIDENT = 75
"""Of 100, as Tesseract has it, from which the opposite turn is not looked at."""


def upright(picture: Picture, reader: Tesseract) -> CleanPage:
    """Return a page cleaned and upright."""
    quarters = 1 if _lies(picture) else 0
    page = cleaned(picture, quarters)
    confidence = _confidence(page, reader)
    if confidence is None or confidence >= _CONFIDENT:
        return page
    opposite = cleaned(picture, quarters + 2)
    return opposite if (_confidence(opposite, reader) or 0.0) > confidence else page


def _lies(picture: Picture) -> bool:
    """Return whether lines of text run up or down the page."""
    scale = _LOOKED_AT_DPI / picture.dpi
    ink = ink_of(cv2.resize(picture.pixels, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA))
    _, _, about, _ = cv2.connectedComponentsWithStats(ink, connectivity=8)
    sizes = about[:, 2:4].max(axis=1)
    letters = about[(sizes >= _LETTERS[0]) & (sizes <= _LETTERS[1])]
    if len(letters) < _FEWEST_LETTERS:
        return False
    reach = max(1, round(_REACH * float(np.median(letters[:, 2:4].max(axis=1)))))
    beside, above = (_patches(letters, ink.shape, *sides) for sides in ((reach, 0), (0, reach)))
    return above <= _CLEARLY * beside


def _patches(letters: Grey, shape: tuple[int, ...], across: int, down: int) -> int:
    """Return how many patches letters are that are made larger by so many dots on both sides."""
    canvas = np.zeros(shape, np.uint8)
    for left, top, width, height, _ in letters.tolist():
        corner = (max(left - across, 0), max(top - down, 0))
        cv2.rectangle(canvas, corner, (left + width - 1 + across, top + height - 1 + down), 255, thickness=-1)
    count: int = cv2.connectedComponents(canvas, connectivity=4)[0]
    return count


def _confidence(page: CleanPage, reader: Tesseract) -> float | None:
    """Return how confident Tesseract is in the longest texts of a page; None where there are none."""
    runs = [(run, line) for line in lines_of_page(page) for run in line.runs if len(run.glyphs) >= _LONG_RUN]
    if not runs:
        return None
    reader.show(page)
    longest = sorted(runs, key=lambda found: len(found[0].glyphs), reverse=True)[:_LOOKED_AT_RUNS]
    weights = [len(run.glyphs) for run, _ in longest]
    return float(np.average([reader.words(run, line, 0).confidence for run, line in longest], weights=weights))
