"""A page's runs → what they are read as: words of text, or figures with the shapes of their digits."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise
from statistics import median
from typing import NamedTuple

import numpy as np

from loaders.formats.scan.cleaning import CleanPage
from loaders.formats.scan.digits import Shape, shape_of
from loaders.formats.scan.segments import Glyph, Line, Run, lines_of_page, whole_run
from loaders.formats.scan.tesseract import ENLARGED, ReadWord, Tesseract, Words

_NOT_IN_FIGURES = re.compile(r"[A-Za-zÀ-ÿ]")
_MISTAKEN = frozenset("oOlIiSsBZzQgqåÅ")
"""Letters that Tesseract may make of digits, where it is free to read letters."""
_SPELLED = str.maketrans("lIiOo", "11100")
"""How Tesseract spells ones and zeros where it is free to read letters."""
_MOST_MISTAKEN = 2
_MOST_UNREAD = 9
"""Glyphs of a run of which it makes nothing, that may be a figure all the same."""
_MOST_GLYPHS = 90
"""Of a run of figures: twelve months and an average of six digits each."""
_DUST = 0.3
"""Height and width, as a share of a digit's, up to which a glyph beside figures is dust."""
_USUAL_PITCH = 0.78
"""Heights of a digit from one digit to the next, in most fonts."""
_FEWEST_DISTANCES = 10
_OTHER_PITCHES = (1.09, 0.92, 1.18)
"""Of a figure whose digits do not stand as far apart as others do, in pitches of the page."""
_WIDE = 1.15
"""Width of a glyph, in pitches, from which it is several digits that touch."""
_NEAR = 0.88
"""Distance of two glyphs, in pitches, below which they are parts of one digit: two arcs of a zero, say."""
_TOUCHING = 0.3
"""Gap between glyphs, in pitches, up to which the parts of digits may be mixed."""
_USUAL_WIDTH = 0.7
"""Of the ink of a digit, in pitches: a one is narrower, a bold zero wider."""
_SLACK = 1.5
"""Dots by which digits may stand off their pitch."""
_TALL = 0.6
_BEFORE_NUMBERS = frozenset({"enn", "under"})
"""Words of the sentence that states the threshold, "mindre enn 4" or "under 4", behind which a number stands."""
_BEHIND_NUMBERS = "år"
_SAME_HEIGHT = 0.12
"""Share of a digit's height by which noise makes the lines of one font differ."""


class ReadNumber(NamedTuple):
    """A word of a text that stands where a number must, though Tesseract takes it for a letter."""

    word: ReadWord
    first: str
    second: str
    """What it reads there where it is free to read digits and stars alone."""


@dataclass(frozen=True, slots=True)
class ReadRun:
    """A run, and the readings of it."""

    glyphs: tuple[Glyph, ...]
    """Of figures: one for each digit or star. Of a text: those of its words with digits, see `words`."""
    shapes: tuple[Shape, ...]
    first: str
    second: str
    """What Tesseract reads in the first and in the second picture: figures without spaces."""
    words: tuple[ReadWord, ...]
    """Of a text; none where the run is figures."""
    second_words: tuple[ReadWord, ...] = ()
    as_figures: ReadRun | None = None
    """Of a short text: the same run read as figures, which it is where its shapes are all digits."""
    numbers: tuple[ReadNumber, ...] = ()

    @property
    def is_figures(self) -> bool:
        """Return whether nothing but figures stands in the run."""
        return not self.words

    @property
    def text(self) -> str:
        """Return the words with a space between."""
        return " ".join(word.text for word in self.words)


@dataclass(frozen=True, slots=True)
class ReadLine:
    """A line of a page; lengths are in dots."""

    baseline: float
    digit_height: float
    runs: tuple[ReadRun, ...]


@dataclass(frozen=True, slots=True)
class ReadPage:
    """What is read on a page, and how the page lay in the scan."""

    number: int
    width: int
    height: int
    angle: float
    dpi: float
    lines: tuple[ReadLine, ...]


def read_page(page: CleanPage, reader: Tesseract) -> ReadPage:
    """Return all readings of a page."""
    reader.show(page)
    lines = lines_of_page(page)
    words = [_words_of_line(line, reader) for line in lines]
    are_figures = [_which_are_figures(line, some) for line, some in zip(lines, words, strict=True)]
    heights = _digit_heights(lines, are_figures)
    pitch = _pitch(lines, words, heights)
    read = [
        _read_line(page, line, some, figures, (height, pitch * height), reader)
        for line, some, figures, height in zip(lines, words, are_figures, heights, strict=True)
    ]
    height, width = page.grey.shape
    return ReadPage(page.number, width, height, page.angle, page.dpi, tuple(read))


def _words_of_line(line: Line, reader: Tesseract) -> list[Words]:
    """Return the words of each run; of one that Tesseract makes nothing of, those that it reads in the whole line."""
    words = [reader.words(run, line, 0) for run in line.runs]
    for picture in (0, 1):
        if len(line.runs) < 2 or all(some.words for some in words):
            break
        whole = reader.words(whole_run(line.runs), line, picture)
        words = [some if some.words else whole.within(run) for run, some in zip(line.runs, words, strict=True)]
    return [some if some.words else reader.words(run, line, 1) for run, some in zip(line.runs, words, strict=True)]


def _which_are_figures(line: Line, words: Sequence[Words]) -> list[bool]:
    are_figures: list[bool] = []
    for run, read in zip(line.runs, words, strict=True):
        are_figures.append(_are_figures(run, read, is_behind_figures=any(are_figures)))
    return are_figures


def _digit_heights(lines: Sequence[Line], are_figures: Sequence[Sequence[bool]]) -> list[float]:
    """Return the height of a digit in each line: that which lines of about the same height have in common."""
    heights: list[float] = []
    for line, some in zip(lines, are_figures, strict=True):
        tall = [
            glyph.height
            for run, is_figures in zip(line.runs, some, strict=True)
            for glyph in run.glyphs
            if is_figures and glyph.height > _TALL * line.digit_height
        ]
        heights.append(float(median(tall)) if tall else line.digit_height)
    return [median(other for other in heights if abs(other - height) <= _SAME_HEIGHT * height) for height in heights]


def _pitch(lines: Sequence[Line], words: Sequence[Sequence[Words]], heights: Sequence[float]) -> float:
    """Return the distance from one digit to the next on a page, in heights of a digit: that in figures below 1,000."""
    distances = [
        distance / height
        for line, some, height in zip(lines, words, heights, strict=True)
        for run, read in zip(line.runs, some, strict=True)
        if 2 <= len(run.glyphs) == len(read.text) <= 3 and read.text.isdecimal()
        for distance in adjacent(run.glyphs)
    ]
    return median(distances) if len(distances) > _FEWEST_DISTANCES else _USUAL_PITCH


def _read_line(
    page: CleanPage,
    line: Line,
    words: Sequence[Words],
    are_figures: Sequence[bool],
    size: tuple[float, float],
    reader: Tesseract,
) -> ReadLine:
    """Return the readings of a line; `size` is the height of a digit, and the distance to the next one, in dots."""
    columns = [run for run, is_figures in zip(line.runs, are_figures, strict=True) if is_figures]
    beside = _FiguresOfLine(reader, line, columns)
    runs: list[ReadRun] = []
    for place, (run, read, is_figures) in enumerate(zip(line.runs, words, are_figures, strict=True)):
        if is_figures:
            runs.append(_figures(page, run, line, size, beside, read))
            continue
        text = _text(page, run, line, reader, read)
        if place and len(run.glyphs) <= _MOST_UNREAD:
            text = replace(text, as_figures=_figures(page, run, line, size, beside, Words((), 0)))
        runs.append(text)
    return ReadLine(line.baseline, size[0], tuple(runs))


@dataclass(slots=True)
class _FiguresOfLine:
    """Reads the figures of a line: each by itself, and all of them at once, which shows more of what they are."""

    reader: Tesseract
    line: Line
    runs: Sequence[Run]
    _at_once: dict[int, Words] = field(default_factory=dict)

    def read(self, run: Run, picture: int, count: int) -> str:
        """Return what a run of so many digits is read as.

        Where that is fewer digits, it is read with the others, or the second time enlarged.
        """
        alone = self.reader.figures(run, self.line, picture)
        if len(alone) == count:
            return alone
        if run in self.runs and len(self.runs) > 1:
            if picture not in self._at_once:
                self._at_once[picture] = self.reader.figure_words(whole_run(self.runs), self.line, picture)
            together = "".join(self._at_once[picture].within(run).text.split())
            if len(together) == count:
                return together
        # Once only: the same picture read twice would agree with itself.
        enlarged = self.reader.figures(run, self.line, ENLARGED) if picture else ""
        return enlarged if len(enlarged) == count else alone


def _are_figures(run: Run, read: Words, *, is_behind_figures: bool) -> bool:
    letters = [char for char in read.text if _NOT_IN_FIGURES.match(char)]
    if not read.text:
        return len(run.glyphs) <= _MOST_UNREAD
    return (
        len(run.glyphs) <= _MOST_GLYPHS
        and _MISTAKEN.issuperset(letters)
        and (is_behind_figures or len(letters) <= _MOST_MISTAKEN)
        and (not letters or len(run.glyphs) <= _MOST_UNREAD)
    )


def _figures(
    page: CleanPage, run: Run, line: Line, size: tuple[float, float], reader: _FiguresOfLine, read: Words
) -> ReadRun:
    """Return a run read as figures; `size` is the height of a digit, and the distance to the next one, in dots."""
    height, pitch = size
    glyphs = tuple(digits_of_run(page, run, height, pitch))
    first = "".join(read.text.split())
    if len(first) != len(glyphs) or any(sign not in "0123456789*" for sign in first):
        first = reader.read(run, 0, len(glyphs)) or first.translate(_SPELLED)
    second = reader.read(run, 1, len(glyphs))
    if len(first) == len(second) != len(glyphs):
        # Bold digits stand farther apart than others, and some fonts' closer.
        others = (tuple(digits_of_run(page, run, height, pitch * share)) for share in _OTHER_PITCHES)
        glyphs = next((some for some in others if len(some) == len(first)), glyphs)
    tall = [glyph.bottom for glyph in glyphs if glyph.height > _TALL * height]
    baseline = float(median(tall)) if tall else line.baseline
    shapes = tuple(shape_of(page.grey, glyph, baseline, height) for glyph in glyphs)
    return ReadRun(glyphs, shapes, first, second, ())


def digits_of_run(page: CleanPage, run: Run, height: float, pitch: float) -> Iterator[Glyph]:
    """Return a glyph for each digit: without dust, joined where a digit is broken, parted where digits touch."""
    clusters: list[list[Glyph]] = []
    for glyph in run.glyphs:
        if glyph.height <= _DUST * height and glyph.width <= _DUST * height:
            continue
        if clusters and _are_mixed(clusters[-1][-1], glyph, pitch):
            clusters[-1].append(glyph)
        else:
            clusters.append([glyph])
    for cluster in clusters:
        whole = Glyph(
            cluster[0].left,
            min(glyph.top for glyph in cluster),
            max(glyph.right for glyph in cluster),
            max(glyph.bottom for glyph in cluster),
        )
        count = 1 + round(max(whole.width - _USUAL_WIDTH * pitch, 0) / pitch) if _may_be_several(cluster, pitch) else 1
        yield from _parted(page, whole, count, pitch)


def _are_mixed(glyph: Glyph, following: Glyph, pitch: float) -> bool:
    """Return whether two glyphs are parts of one digit, or one of them is a digit and a part of the other's."""
    distance = (following.left + following.right - glyph.left - glyph.right) / 2
    is_wide = max(glyph.width, following.width) > _WIDE * pitch
    return following.left - glyph.right <= _TOUCHING * pitch and (distance < _NEAR * pitch or is_wide)


def _may_be_several(cluster: Sequence[Glyph], pitch: float) -> bool:
    return len(cluster) > 1 or cluster[0].width > _WIDE * pitch


def _parted(page: CleanPage, glyph: Glyph, count: int, pitch: float) -> Iterator[Glyph]:
    """Return a glyph in so many parts, as wide as the pitch, cut where there is least ink."""
    ink = (255 - page.grey[glyph.top : glyph.bottom, glyph.left : glyph.right].astype(np.int64)).sum(axis=0)
    # The first digit begins at the left of its ink or before, as a one does, and the last one ends likewise.
    spare = max(count * pitch - glyph.width, 0.0)
    begins = np.arange(-spare - _SLACK, _SLACK + 1)
    cuts = np.clip(np.round(begins[:, None] + pitch * np.arange(1, count)), 1, max(glyph.width - 1, 1)).astype(int)
    off = np.abs(begins + spare / 2)
    best = cuts[int(np.lexsort((off, ink[cuts].sum(axis=1)))[0])]
    is_ink = page.ink[glyph.top : glyph.bottom, glyph.left : glyph.right].max(axis=0) > 0
    for start, end in pairwise((0, *best.tolist(), glyph.width)):
        inked = start + np.flatnonzero(is_ink[start:end])
        left, right = (int(inked[0]), int(inked[-1]) + 1) if inked.size else (start, end)
        yield Glyph(glyph.left + left, glyph.top, glyph.left + right, glyph.bottom)


def _text(page: CleanPage, run: Run, line: Line, reader: Tesseract, read: Words) -> ReadRun:
    other = reader.words(run, line, 1)
    best, second = (read, other) if read.confidence >= other.confidence else (other, read)
    tall = [glyph.height for glyph in run.glyphs if glyph.height > _TALL * line.digit_height]
    height = float(np.percentile(tall, 70)) if tall else line.digit_height
    bottoms = [glyph.bottom for glyph in run.glyphs if glyph.height > _TALL * line.digit_height]
    baseline = float(median(bottoms)) if bottoms else line.baseline
    best, numbers = _with_numbers(run, line, reader, best)
    with_digits = [word for word in (*best.words, *second.words) if any(map(str.isdigit, word.text))]
    with_digits += [number.word for number in numbers]
    glyphs = tuple(
        glyph
        for glyph in run.glyphs
        if any(word.left <= (glyph.left + glyph.right) / 2 <= word.right for word in with_digits)
        and glyph.height > _DUST * height
    )
    shapes = tuple(shape_of(page.grey, glyph, baseline, height) for glyph in glyphs)
    words = best.words or (ReadWord("\ufffd", run.left, run.right),)
    return ReadRun(glyphs, shapes, best.text, second.text, words, second.words, numbers=numbers)


def _with_numbers(run: Run, line: Line, reader: Tesseract, read: Words) -> tuple[Words, tuple[ReadNumber, ...]]:
    """Return the words with digits for letters where a number must stand, and what is left to the report's own digits.

    Noise makes an å of the 4 of "mindre enn 4" and "over 4 år". Two readings as digits that agree are sure.
    """
    words, numbers = list(read.words), []
    for place, word in enumerate(read.words):
        if is_letter_for_number(read.words, place):
            inside = tuple(glyph for glyph in run.glyphs if word.left <= (glyph.left + glyph.right) / 2 <= word.right)
            first, second = (reader.figures(Run(inside), line, picture) if inside else "" for picture in (0, 1))
            if first == second and first.isdecimal():
                words[place] = word._replace(text=first)
            else:
                numbers.append(ReadNumber(word, first, second))
    return replace(read, words=tuple(words)), tuple(numbers)


def is_letter_for_number(words: Sequence[ReadWord], place: int) -> bool:
    """Return whether a word is one letter where a number must stand: behind "enn" or "under", or before "år"."""
    if len(words[place].text) != 1 or not words[place].text.isalpha():
        return False
    before = words[place - 1].text.lower() if place else ""
    after = words[place + 1].text.lower() if place + 1 < len(words) else ""
    return before in _BEFORE_NUMBERS or after == _BEHIND_NUMBERS


def adjacent(glyphs: Sequence[Glyph]) -> list[float]:
    """Return the distances between the middles of neighbours."""
    middles = [(glyph.left + glyph.right) / 2 for glyph in glyphs]
    return [after - before for before, after in pairwise(middles)]
