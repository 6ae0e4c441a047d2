"""Readings of all pages → words, each with what it is read as and whether two readings agree on it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from statistics import median
from typing import NamedTuple

from loaders.formats.scan.digits import DigitReader, Reading, Shape, taught
from loaders.formats.scan.readings import ReadLine, ReadPage, ReadRun, adjacent
from loaders.formats.scan.segments import Glyph
from loaders.formats.scan.spelling import is_in_all, usual_texts
from loaders.formats.scan.tesseract import ReadWord

_FOLDS = 8
"""Parts of a report of few pages: no line teaches the reader that reads it."""
_FEW_PAGES = 3
_OPEN = "?"
_APART = 1.4
"""Distance of two digits, in usual distances, from which a space stands between them: half a digit in most fonts, while
bold digits stand a tenth farther apart, and those with an arc missing a quarter."""
_USUAL_PITCH = 0.78
_STAR = "*"
_ANY_DIGIT = "0"
"""Stands for an illegible sign while rows are fitted to columns, for which only place and width matter."""
_STAR_WIDTH = 0.75
"""Of a digit's."""
_STAR_SIZE = (0.28, 0.75)
_STAR_MIDDLE = (0.45, 0.95)
"""Height and width, and where its middle stands above the line, in heights of a digit."""
_LEAST_HEIGHT = 0.6
"""Of a digit, in heights of a digit."""
_UNREADABLE = "\ufffd"
_IN_ALL = "I"
"""First word of each total row, "I alt", which looks like a one."""


class DecidedWord(NamedTuple):
    """A word of a page, in dots of the cleaned page."""

    text: str
    left: float
    top: float
    right: float
    bottom: float
    readings: tuple[str, ...]
    """Of a figure: by Tesseract in two pictures, and by the report's own digits; of a text none."""
    is_sure: bool
    """Two readings agree, and the third one does not speak against them."""


@dataclass(frozen=True, slots=True)
class DecidedLine:
    """A line of words from left to right."""

    baseline: float
    digit_height: float
    words: tuple[DecidedWord, ...]


def decided(pages: Sequence[ReadPage]) -> list[list[DecidedLine]]:
    """Return the lines of each page."""
    lines = [(page, place, line) for page in pages for place, line in enumerate(page.lines)]
    folds = [place % _FOLDS if len(pages) < _FEW_PAGES else page.number for page, place, _ in lines]
    pitch = _pitch(line for _, _, line in lines)
    readers = _readers([(fold, line) for (_, _, line), fold in zip(lines, folds, strict=True)], set(folds))
    usual = usual_texts(run.text for _, _, line in lines for run in line.runs if not run.is_figures)
    made: dict[int, list[DecidedLine]] = {page.number: [] for page in pages}
    for (page, _, line), fold in zip(lines, folds, strict=True):
        runs = [_as_usual(run, usual) for run in line.runs]
        words = [word for run in runs for word in _words(run, line, readers[fold], pitch)]
        if words:
            made[page.number].append(DecidedLine(line.baseline, line.digit_height, tuple(words)))
    return [made[page.number] for page in pages]


def _readers(lines: Iterable[tuple[int, ReadLine]], folds: Iterable[int]) -> dict[int, DigitReader | None]:
    """Return, for each part of the report, a reader that all other parts taught."""
    examples = [
        (fold, shape, sign)
        for fold, line in lines
        for run in line.runs
        if run.is_figures and run.first == run.second and len(run.first) == len(run.shapes)
        for shape, sign in zip(run.shapes, run.first, strict=True)
    ]
    readers: dict[int, DigitReader | None] = {}
    for fold in folds:
        others = [(shape, sign) for other, shape, sign in examples if other != fold]
        readers[fold] = taught([shape for shape, _ in others], [sign for _, sign in others])
    return readers


def _pitch(lines: Iterable[ReadLine]) -> float:
    """Return the distance from one digit to the next, in heights of a digit: that within figures below a thousand."""
    distances = [
        distance / line.digit_height
        for line in lines
        for run in line.runs
        if run.is_figures and 2 <= len(run.glyphs) <= 3 and run.first == run.second and _STAR not in run.first
        for distance in adjacent(run.glyphs)
    ]
    return median(distances) if len(distances) > 10 else _USUAL_PITCH


def _as_usual(run: ReadRun, usual: Mapping[str, str]) -> ReadRun:
    """Return a text as the report prints it elsewhere, where it is one that is misread here."""
    text = usual.get(run.text)
    return run if text is None else replace(run, words=(ReadWord(text, run.words[0].left, run.words[-1].right),))


def _words(run: ReadRun, line: ReadLine, reader: DigitReader | None, pitch: float) -> Iterator[DecidedWord]:
    if run.is_figures:
        yield from _figures(run, line, reader, pitch)
        return
    if run.as_figures:
        figures = list(_figures(run.as_figures, line, reader, pitch))
        # What the report's own digits read clearly is a figure, even if it stays open.
        if figures and all(figure.is_sure or _OPEN not in figure.readings[-1] for figure in figures):
            yield from figures
            return
    yield from _words_of_text(run, line, reader)


def _figures(run: ReadRun, line: ReadLine, reader: DigitReader | None, pitch: float) -> Iterator[DecidedWord]:
    readings = _read(reader, run.shapes)
    start = 0
    for glyphs in _groups(run.glyphs, pitch * line.digit_height):
        end = start + len(glyphs)
        yield _figure(run, line, readings[start:end], (start, end), pitch)
        start = end


def _read(reader: DigitReader | None, shapes: Sequence[Shape]) -> list[Reading]:
    return reader.read(shapes) if reader else [Reading(_OPEN, "0123456789*")] * len(shapes)


def _groups(glyphs: Sequence[Glyph], pitch: float) -> Iterator[Sequence[Glyph]]:
    """Part glyphs where a space stands between them, be it one between thousands or one between figures."""
    start = 0
    for place, distance in enumerate(adjacent(glyphs), start=1):
        if distance > _APART * pitch:
            yield glyphs[start:place]
            start = place
    if glyphs:
        yield glyphs[start:]


def _figure(run: ReadRun, line: ReadLine, own: Sequence[Reading], span: tuple[int, int], pitch: float) -> DecidedWord:
    start, end = span
    count = len(run.glyphs)
    by_shape = "".join(reading.sign for reading in own)
    first, second = (
        text[start:end] if len(text) == count else (_OPEN * (end - start) if count > end - start else text)
        for text in (run.first, run.second)
    )
    said = {reading for reading in (first, second, by_shape) if reading not in ("", _OPEN)}
    # No digit is so low and so raised: one reading as a star suffices, where the report's own digits see none in it.
    if _STAR in said and by_shape in (_STAR, _OPEN) and len(own) == 1 and _is_like_star(run.glyphs[start], line):
        text, is_sure = _STAR, True
    elif by_shape in (first, second) and _OPEN not in by_shape:
        text, is_sure = by_shape, True
    else:
        text = first if first and _OPEN not in first else second
        may_be = len(text) == len(own) and all(sign in reading.likely for sign, reading in zip(text, own, strict=True))
        is_sure = first == second and may_be
        if not may_be:
            # Whatever it is, it is a figure of so many digits, which takes its column.
            text = "".join(reading.likely[:1] for reading in own)
        if not is_sure and text != _STAR:
            text = "".join(sign if sign.isdecimal() else _ANY_DIGIT for sign in text)
    glyphs = run.glyphs[start:end]
    if text != _STAR and any(glyph.height < _LEAST_HEIGHT * line.digit_height for glyph in glyphs):
        # A piece of a digit: both readers look at all ink above and below it, which may be another run's.
        is_sure = False
    left, right = _sides(glyphs, text, pitch * line.digit_height)
    return DecidedWord(
        text or _UNREADABLE,
        left,
        min(glyph.top for glyph in glyphs),
        right,
        max(glyph.bottom for glyph in glyphs),
        (first, second, by_shape),
        is_sure and _OPEN not in text and bool(text),
    )


def _is_like_star(glyph: Glyph, line: ReadLine) -> bool:
    """Return whether a glyph is as high and wide as a star, and raised above the line."""
    low, high = (share * line.digit_height for share in _STAR_SIZE)
    middle = line.baseline - (glyph.top + glyph.bottom) / 2
    least, most = (share * line.digit_height for share in _STAR_MIDDLE)
    return low <= glyph.height <= high and low <= glyph.width <= high and least <= middle <= most


def _sides(glyphs: Sequence[Glyph], text: str, pitch: float) -> tuple[float, float]:
    """Return where a figure begins and ends as a font has it, in which all digits are equally wide."""
    first, last = glyphs[0], glyphs[-1]
    widths = [pitch * (_STAR_WIDTH if sign == _STAR else 1) for sign in (text[:1], text[-1:])]
    return (first.left + first.right - widths[0]) / 2, (last.left + last.right + widths[1]) / 2


def _words_of_text(run: ReadRun, line: ReadLine, reader: DigitReader | None) -> Iterator[DecidedWord]:
    readings = _read(reader, run.shapes)
    for place, word in enumerate(run.words):
        following = run.words[place + 1].text if place + 1 < len(run.words) else ""
        text = _IN_ALL if is_in_all(f"{word.text} {following}") else _text_of(word, run, readings)
        top, bottom = line.baseline - 1.1 * line.digit_height, line.baseline + 0.3 * line.digit_height
        yield DecidedWord(text, word.left, top, word.right, bottom, (), True)


def _text_of(word: ReadWord, run: ReadRun, readings: Sequence[Reading]) -> str:
    """Return the text of a word; of its digits, where readings differ or it must have some, those of two that agree."""
    other = _second_text(word, run)
    number = next((number for number in run.numbers if number.word is word), None)
    if number is None and _digits_of(word.text) == _digits_of(other):
        return word.text
    inside = [
        reading.sign
        for glyph, reading in zip(run.glyphs, readings, strict=True)
        if word.left - 3 <= (glyph.left + glyph.right) / 2 <= word.right + 3
    ]
    by_shape = "".join(inside)
    if number is not None:
        is_sure = by_shape.isdecimal() and by_shape in (number.first, number.second)
        return by_shape if is_sure else word.text
    for text in (word.text, other):
        is_of_the_word = text == word.text or " " not in text
        if by_shape and is_of_the_word and _digits_of(by_shape) == _digits_of(text) and _digits_of(text):
            return text
    return "".join(_UNREADABLE if char.isdigit() else char for char in word.text)


def _second_text(word: ReadWord, run: ReadRun) -> str:
    """Return what the second reading has where a word stands: several words where it is a text as it is usual."""
    middle = (word.left + word.right) / 2
    return " ".join(
        second.text
        for second in run.second_words
        if second.left <= middle <= second.right or word.left <= (second.left + second.right) / 2 <= word.right
    )


def _digits_of(text: str) -> str:
    return "".join(char for char in text if char.isdigit())
