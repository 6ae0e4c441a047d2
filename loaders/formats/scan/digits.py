"""A reader of figures that learns the report's own digits and stars, from glyphs that Tesseract reads alike twice.

A glyph is read by those most like it on other pages, so that no page teaches itself.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import cv2
import numpy as np
import numpy.typing as npt

from loaders.formats.scan.pictures import Grey
from loaders.formats.scan.segments import Glyph

_SIZE = (20, 28)
"""Dots across and down of a glyph's picture."""
_ABOVE, _BELOW = 1.15, 0.2
"""Heights of a digit above and below the baseline that it shows."""
_ACROSS = 0.97
"""Heights of a digit that it shows from left to right."""
_DIMENSIONS = 48
_LEAST_TAUGHT = 60
"""Glyphs from which a reader can learn."""
_MOST_OF_SIGN = 150
_NEIGHBOURS = 3
"""Of a class, whose distance is that of the class."""
_CLEARLY = 0.82
"""Distance of the nearest class as a share of that of the next one, at most."""
_FARTHEST = 2.5
"""Times the usual distance that the nearest class may be away."""
_OPEN = "?"
"""For a glyph that is like none, or like two."""

Shape = npt.NDArray[np.float32]
"""The picture of a glyph as a row of numbers: 0 is paper, 1 ink."""


def shape_of(grey: Grey, glyph: Glyph, baseline: float, height: float) -> Shape:
    """Return a glyph as it stands on its baseline, without its neighbours."""
    top, bottom = baseline - _ABOVE * height, baseline + _BELOW * height
    middle, half = (glyph.left + glyph.right) / 2, _ACROSS * height / 2
    left, right = middle - half, middle + half
    matrix = np.array(
        [
            [_SIZE[0] / (right - left), 0, -left * _SIZE[0] / (right - left)],
            [0, _SIZE[1] / (bottom - top), -top * _SIZE[1] / (bottom - top)],
        ]
    )
    edge = 2
    start, stop = max(glyph.left - edge, 0), min(glyph.right + edge, grey.shape[1])
    above, below = max(int(top) - edge, 0), min(int(bottom) + edge, grey.shape[0])
    part = grey[above:below, start:stop]
    matrix[:, 2] += matrix[:, :2] @ np.array([start, above])
    blurred = cv2.GaussianBlur(part, (0, 0), 1.0) if part.size else np.full((4, 4), 255, np.uint8)
    shown = cv2.warpAffine(blurred, matrix, _SIZE, flags=cv2.INTER_AREA, borderValue=255)
    ink = (255 - shown.astype(np.float32)) / 255
    strongest = float(ink.max())
    shape: Shape = (ink / strongest if strongest > 0.1 else ink).reshape(-1)
    return shape


@dataclass(frozen=True, slots=True)
class Reading:
    """What a glyph is read as: `?` where it is not clear, and the signs that it may be, the likeliest first."""

    sign: str
    likely: str


@dataclass(frozen=True, slots=True)
class DigitReader:
    """Knows digits and stars by examples."""

    weights: npt.NDArray[np.float32]
    middle: Shape
    examples: npt.NDArray[np.float32]
    places: dict[str, npt.NDArray[np.int64]]
    """Of the examples of each sign."""
    usual: float
    """Distance between an example and the next ones of its class."""

    def read(self, shapes: Sequence[Shape]) -> list[Reading]:
        """Return what each glyph is read as."""
        if not shapes:
            return []
        points: npt.NDArray[np.float32] = ((np.stack(shapes) - self.middle) @ self.weights).astype(np.float32)
        distances = _distances(points, self.examples)
        signs = list(self.places)
        by_class = np.stack([_nearest(distances[:, places]) for places in self.places.values()], axis=1)
        readings: list[Reading] = []
        for row in by_class:
            order = np.argsort(row)
            best, next_best = row[order[0]], row[order[1]] if len(order) > 1 else np.inf
            likely = "".join(signs[place] for place in order if row[place] <= best / _CLEARLY)
            is_clear = best <= _CLEARLY * next_best and best <= _FARTHEST * self.usual
            readings.append(Reading(signs[order[0]] if is_clear else _OPEN, likely))
        return readings


def taught(shapes: Sequence[Shape], signs: Sequence[str]) -> DigitReader | None:
    """Return a reader that knows these glyphs; None where they are too few."""
    if len(shapes) < _LEAST_TAUGHT:
        return None
    chosen = _chosen(signs)
    table = np.stack([shapes[place] for place in chosen]).astype(np.float64)
    classes = np.array(signs)[chosen]
    middle = table.mean(axis=0)
    centred = table - middle
    # Directions in which glyphs differ most, and of these, those in which glyphs of one sign differ least.
    spread, directions = np.linalg.eigh(centred.T @ centred)
    kept = directions[:, -_DIMENSIONS:][:, spread[-_DIMENSIONS:] > 1e-6]
    points = centred @ kept
    within = points - np.stack([points[classes == sign].mean(axis=0) for sign in classes])
    covariance = within.T @ within / len(points)
    covariance += np.eye(len(covariance)) * 0.05 * np.trace(covariance) / len(covariance)
    values, vectors = np.linalg.eigh(covariance)
    weights = kept @ vectors / np.sqrt(values)
    examples: npt.NDArray[np.float32] = (centred @ weights).astype(np.float32)
    sample = np.linspace(0, len(examples) - 1, min(len(examples), 400)).astype(int)
    distances: npt.NDArray[np.float32] = _distances(examples[sample], examples)
    distances[np.arange(len(sample)), sample] = np.inf
    own = [
        float(_nearest(row[classes == classes[place]][None])[0]) for place, row in zip(sample, distances, strict=True)
    ]
    usual = float(np.median([distance for distance in own if np.isfinite(distance)]))
    places = {sign: np.flatnonzero(classes == sign) for sign in sorted(set(classes.tolist()))}
    return DigitReader(weights.astype(np.float32), middle.astype(np.float32), examples, places, usual)


def _chosen(signs: Sequence[str]) -> list[int]:
    """Return the places of the examples to learn from: as many of each sign, from all over the report."""
    places: dict[str, list[int]] = {}
    for place, sign in enumerate(signs):
        places.setdefault(sign, []).append(place)
    steps = [(some, max(1, -(-len(some) // _MOST_OF_SIGN))) for some in places.values()]
    return sorted(place for some, step in steps for place in some[::step])


def _distances(points: npt.NDArray[np.float32], examples: npt.NDArray[np.float32]) -> npt.NDArray[np.float32]:
    squares = (points**2).sum(axis=1)[:, None] + (examples**2).sum(axis=1)[None] - 2 * points @ examples.T
    roots: npt.NDArray[np.float32] = np.sqrt(np.maximum(squares, 0)).astype(np.float32)
    return roots


def _nearest(distances: npt.NDArray[np.float32]) -> npt.NDArray[np.float32]:
    """Return, for each row, the mean of the least distances."""
    count = min(_NEIGHBOURS, distances.shape[1])
    nearest: npt.NDArray[np.float32] = np.partition(distances, count - 1, axis=1)[:, :count].mean(axis=1)
    return nearest
