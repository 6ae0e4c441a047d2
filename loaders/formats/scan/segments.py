"""A cleaned page → its lines, each in runs: glyphs that stand no farther apart than words do."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from statistics import median
from typing import NamedTuple

import cv2
import numpy as np
import numpy.typing as npt

from loaders.formats.scan.cleaning import CleanPage
from loaders.formats.scan.pictures import UnusableError

MAX_PARTS = 20_000
"""Patches of ink on a page; a full page of text has some 5,000."""
_SPECK = 0.17
"""Height, as a share of a digit's, up to which a patch is dust or a dot."""
_LETTERS = (9, 120)
"""Dots that a letter may be high."""
_DIGITS_AMONG = 65
"""Percentile of the heights of letters: digits and capitals are higher than most letters, and letters with a part below
the line are higher still."""
_WORDS_APART = 0.75
"""Heights of a digit between words of a run at most."""
_LARGEST = 2
"""Heights of a digit that letters of a title may be high."""
_SAME_LINE = 0.4
"""Heights of a digit by which the runs of a line may stand higher or lower."""
_WIDEST = 40
"""Heights of a digit that a patch may be wide; what is wider is the rest of a ruling."""
_HIGHEST = 5
_THIN, _LONG = 0.25, 1.5
"""Heights of a digit."""
_COVERED = 0.5
"""Share of a patch's width that stands over another one, from which both are parts of one glyph."""


class Glyph(NamedTuple):
    """A patch of ink, or several over each other, that may be a digit; in dots of the cleaned page."""

    left: int
    top: int
    right: int
    bottom: int

    @property
    def height(self) -> int:
        """Return how high it is."""
        return self.bottom - self.top

    @property
    def width(self) -> int:
        """Return how wide it is."""
        return self.right - self.left


@dataclass(frozen=True, slots=True)
class Run:
    """Glyphs of a line that stand close together, from left to right."""

    glyphs: tuple[Glyph, ...]

    @property
    def left(self) -> int:
        """Return where it begins."""
        return self.glyphs[0].left

    @property
    def right(self) -> int:
        """Return where it ends."""
        return max(glyph.right for glyph in self.glyphs)


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a page: its runs from left to right, and where its digits stand."""

    runs: tuple[Run, ...]
    baseline: float
    digit_height: float


def whole_run(runs: Sequence[Run]) -> Run:
    """Return the glyphs of some runs of a line as one run."""
    return Run(tuple(glyph for run in runs for glyph in run.glyphs))


def lines_of_page(page: CleanPage) -> list[Line]:
    """Return the lines of a page from top to bottom."""
    parts = _parts(page)
    letters = [
        part.height for part in parts if _LETTERS[0] <= part.height <= _LETTERS[1] and part.width < 4 * part.height
    ]
    if not letters:
        return []
    height = float(np.percentile(letters, _DIGITS_AMONG))
    kept = [
        part
        for part in parts
        if max(part.height, part.width) > _SPECK * height
        and part.width <= _WIDEST * height
        and part.height <= _HIGHEST * height
        and not _is_rest_of_ruling(part, height)
    ]
    return _lines(_runs(kept, height, page.ink.shape), height)


def _is_rest_of_ruling(part: Glyph, height: float) -> bool:
    """Return whether a patch is longer than any dash or bar of a letter, and as thin."""
    thin, long = min(part.width, part.height), max(part.width, part.height)
    return thin <= _THIN * height and long > _LONG * height


def _parts(page: CleanPage) -> list[Glyph]:
    count, _, about, _ = cv2.connectedComponentsWithStats(page.ink, connectivity=8)
    if count > MAX_PARTS:
        about = about[np.argsort(about[:, cv2.CC_STAT_AREA])[::-1][: MAX_PARTS + 1]]
        if about[-1, cv2.CC_STAT_AREA] > 12:
            raise UnusableError("specks", page.number)
    boxes: npt.NDArray[np.int32] = about[:, :4]
    whole = page.ink.shape[1], page.ink.shape[0]
    return [
        Glyph(left, top, left + width, top + height)
        for left, top, width, height in boxes.tolist()
        if (width, height) != whole
    ]


def _runs(parts: Sequence[Glyph], height: float, shape: tuple[int, ...]) -> list[list[Glyph]]:
    """Return the patches of ink of each run: those whose gaps are narrower than between columns."""
    canvas = np.zeros(shape, np.uint8)
    for part in parts:
        # Titles are printed in larger letters, whose words stand farther apart.
        reach = round(_WORDS_APART * min(max(height, part.height), _LARGEST * height) / 2)
        cv2.rectangle(
            canvas, (max(part.left - reach, 0), part.top), (part.right + reach, part.bottom - 1), 255, thickness=-1
        )
    _, labels = cv2.connectedComponents(canvas, connectivity=4)
    runs: dict[int, list[Glyph]] = {}
    for part in parts:
        runs.setdefault(int(labels[(part.top + part.bottom) // 2, (part.left + part.right) // 2]), []).append(part)
    return list(runs.values())


def _lines(runs: Iterable[list[Glyph]], height: float) -> list[Line]:
    tall = [run for run in runs if max(part.height for part in run) > 0.6 * height]
    low = [run for run in runs if max(part.height for part in run) <= 0.6 * height]
    groups: list[tuple[float, list[list[Glyph]]]] = []
    for run in sorted(tall, key=_baseline):
        baseline = _baseline(run)
        if groups and baseline - median(_baseline(other) for other in groups[-1][1]) <= _SAME_LINE * height:
            groups[-1][1].append(run)
        else:
            groups.append((baseline, [run]))
    lines = [(median(_baseline(run) for run in some), some) for _, some in groups]
    for run in low:
        # Stars, dashes and dots belong to the line within whose height they stand.
        middle = median((part.top + part.bottom) / 2 for part in run)
        near = [some for baseline, some in lines if -1.2 * height <= middle - baseline <= 0.3 * height]
        if not near:
            continue
        # Dots of letters and pieces of digits stand over the run that they belong to; a star stands over no other run.
        over = [other for other in near[0] if _left(other) < _right(run) and _left(run) < _right(other)]
        if over:
            over[0].extend(run)
        else:
            near[0].append(run)
    return [_line(baseline, some, height) for baseline, some in lines]


def _left(run: Sequence[Glyph]) -> int:
    return min(part.left for part in run)


def _right(run: Sequence[Glyph]) -> int:
    return max(part.right for part in run)


def _baseline(run: Sequence[Glyph]) -> float:
    tallest = max(part.height for part in run)
    return median(part.bottom for part in run if part.height > 0.5 * tallest)


def _line(baseline: float, runs: Sequence[list[Glyph]], height: float) -> Line:
    made = [Run(_glyphs(run)) for run in runs]
    return Line(tuple(sorted(made, key=lambda run: run.left)), baseline, height)


def _glyphs(parts: Iterable[Glyph]) -> tuple[Glyph, ...]:
    """Return patches from left to right, those over each other as one."""
    glyphs: list[Glyph] = []
    for part in sorted(parts):
        last = glyphs[-1] if glyphs else None
        if last and last.right - part.left > _COVERED * min(last.width, part.width):
            glyphs[-1] = Glyph(
                last.left, min(last.top, part.top), max(last.right, part.right), max(last.bottom, part.bottom)
            )
        else:
            glyphs.append(part)
    return tuple(glyphs)
