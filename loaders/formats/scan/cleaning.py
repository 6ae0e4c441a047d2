"""A page's picture → the same page in even light, upright, at one resolution, without rulings and stripes."""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np

from loaders.formats.scan.pictures import Grey, Picture

DPI = 300
"""Dots an inch of a cleaned page."""
_WHITE = 255
_BLUR = 0.55
"""Of the scan's own dots: noise is finer than strokes."""
_LIGHT = 31
"""Dots; wider than any stroke, narrower than a stripe."""
_RULINGS = (200, 70)
"""Dots across and down. Letters of a coarse scan run into each other beside each other, for as long as a word is;
down, a ruling is longer than any straight stroke of a letter of a report."""
_FAINT = 232
_FAINT_RULING = 400
"""Dots; the blurred feet of a word's letters run into each other, but seldom so far."""
_AROUND = 2
"""Dots around a ruling that are its blurred edge."""
_LOOKED_AT = 4
"""How many times smaller the picture is made to find by how much it is askew."""
_MOST_ASKEW = 5.0
"""Degrees."""
_QUARTER = 90


@dataclass(frozen=True, slots=True)
class CleanPage:
    """A page that can be read."""

    number: int
    grey: Grey
    ink: Grey
    """255 where there is ink, else 0."""
    angle: float
    """Degrees by which the page was turned about its middle, against the clock. One that lay on its side was made
    square first, by paper at its right side or below, so that its middle stays."""
    dpi: float
    """Dots an inch that the scan had."""


def cleaned(picture: Picture, quarters: int = 0) -> CleanPage:
    """Return a page after so many quarter turns against the clock, level, at DPI dots an inch, dark on white."""
    scale = DPI / picture.dpi
    interpolation = cv2.INTER_CUBIC if scale > 1 else cv2.INTER_AREA
    pixels = cv2.resize(
        _quarter_turned(picture.pixels, quarters), None, fx=scale, fy=scale, interpolation=interpolation
    )
    even = _in_even_light(cv2.GaussianBlur(pixels, (0, 0), _BLUR * max(scale, 1.0)))
    angle = _askew(_ink(even))
    if abs(angle) > 0.01:
        even = _turned(even, angle, cv2.INTER_CUBIC)
    ink = _ink(even)
    rulings = _rulings(even, ink)
    even = np.where(rulings > 0, _WHITE, even).astype(np.uint8)
    ink = np.where(rulings > 0, 0, ink).astype(np.uint8)
    return CleanPage(picture.number, even, ink, angle + _QUARTER * quarters, picture.dpi)


def ink_of(pixels: Grey) -> Grey:
    """Return where there is ink on a page as it was scanned: 255 there, else 0."""
    return _ink(_in_even_light(pixels))


def _quarter_turned(pixels: Grey, quarters: int) -> Grey:
    if quarters % 2:
        height, width = pixels.shape
        side, paper = max(height, width), int(np.median(pixels))
        pixels = cv2.copyMakeBorder(pixels, 0, side - height, 0, side - width, cv2.BORDER_CONSTANT, value=paper)
    return np.ascontiguousarray(np.rot90(pixels, quarters))


def _in_even_light(pixels: Grey) -> Grey:
    """Return a picture divided by the paper behind its ink, which may be grey, striped or in the shade."""
    paper = cv2.morphologyEx(pixels, cv2.MORPH_CLOSE, np.ones((_LIGHT, _LIGHT), np.uint8))
    paper = cv2.blur(paper, (_LIGHT // 2, _LIGHT // 2))
    even = pixels.astype(np.float32) * _WHITE / np.maximum(paper, 1)
    # Noise makes the lightest dots of the paper lighter than most: those that are usual become white.
    white = float(np.median(even))
    whitened: Grey = np.clip(even * (_WHITE / max(white, 1.0)), 0, _WHITE).astype(np.uint8)
    return whitened


def _ink(even: Grey) -> Grey:
    """Return where there is ink: between the usual dark of the strokes and the white of the paper."""
    dark = even[even < 0.8 * _WHITE]
    black = float(np.percentile(dark, 20)) if dark.size else 0.0
    limit = min((black + _WHITE) / 2, 0.8 * _WHITE)
    return ((even < limit) * _WHITE).astype(np.uint8)


def _askew(ink: Grey) -> float:
    """Return the angle by which turning makes lines of text level: the one at which rows of dots differ most."""
    small = cv2.resize(ink, None, fx=1 / _LOOKED_AT, fy=1 / _LOOKED_AT, interpolation=cv2.INTER_AREA)
    best = 0.0
    for reach, step in ((_MOST_ASKEW, 0.5), (0.5, 0.1), (0.1, 0.02)):
        angles = np.arange(best - reach, best + reach + step / 2, step)
        best = float(max(angles, key=lambda angle: _levelness(small, float(angle))))
    return best


def _levelness(ink: Grey, angle: float) -> float:
    rows = _turned(ink, angle, cv2.INTER_LINEAR, outside=0).sum(axis=1, dtype=np.float64)
    return float((np.diff(rows) ** 2).sum())


def _turned(pixels: Grey, angle: float, interpolation: int, outside: int = _WHITE) -> Grey:
    height, width = pixels.shape
    matrix = cv2.getRotationMatrix2D(((width - 1) / 2, (height - 1) / 2), angle, 1.0)
    turned: Grey = cv2.warpAffine(pixels, matrix, (width, height), flags=interpolation, borderValue=outside)
    return turned


def _rulings(even: Grey, ink: Grey) -> Grey:
    """Return where rulings are: long straight runs of ink, or longer ones that are faint."""
    faint = ((even < _FAINT) * _WHITE).astype(np.uint8)
    found = np.zeros_like(ink)
    for dots, (across, down) in ((ink, _RULINGS), (faint, (_FAINT_RULING, _FAINT_RULING))):
        found |= cv2.morphologyEx(dots, cv2.MORPH_OPEN, np.ones((1, across), np.uint8))
        found |= cv2.morphologyEx(dots, cv2.MORPH_OPEN, np.ones((down, 1), np.uint8))
    around = 2 * _AROUND + 1
    grown: Grey = cv2.dilate(found, np.ones((around, around), np.uint8))
    return grown
