"""Characters of a page → words in lines, by their boxes alone.

The order in which a PDF draws, its line ends and most of its spaces are the program's that wrote it: letters may be
drawn one by one, and columns one after another. Only where characters stand says what a reader sees.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median

from loaders.formats.lines import Box
from loaders.formats.pdf.document import Glyph, Page

_SAME_LINE = 0.3
"""Heights of a letter by which baselines of a line may differ: half a line's distance, as of labels in two lines, is
more."""
_WORD_GAP = 0.13
"""Heights of a letter between two words, beyond what stands between letters; thin spaces are a fifth."""
_MOST_SPACED = 0.35
_ENOUGH = 12
"""Neighbouring letters of a size that show how far apart they stand."""
_DRAWN_GAP = 0.03
"""The same where the file draws a space there."""
_SMALL = 0.82
"""Size of a footnote's mark, as a share of the text's."""
_RAISED = (0.12, 0.75)
"""Heights of a letter by which such a mark may stand above the line."""
_MARK_WITHIN = 1.2
"""Heights of a letter from the text to the end of its mark, which may have several characters."""
_ONE_PLACE = 0.12
"""Heights of a letter by which one character, drawn twice to make it bold, is off its place."""
_OVERPRINTED = 0.45
"""Share of a letter that may not be covered by another one."""
_SUPERSCRIPTS = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")
UNREADABLE = "\ufffd"


@dataclass(frozen=True, slots=True)
class Word:
    """Characters that stand close together in a line."""

    text: str
    left: float
    top: float
    right: float
    bottom: float
    baseline: float
    size: float
    """Height of its letters."""

    @property
    def box(self) -> Box:
        """Return where the word stands on the upright page."""
        return Box(self.left, self.top, self.right, self.bottom)


@dataclass(frozen=True, slots=True)
class TextLine:
    """A line of a page, or a part of one."""

    page: Page
    number: int
    """Of the line on its page, from 1, from top to bottom."""
    baseline: float
    size: float
    """Height of its letters."""
    words: tuple[Word, ...]
    """From left to right."""

    def part(self, words: Iterable[Word]) -> TextLine:
        """Return some words of the line as a line."""
        return _line(self.page, self.number, words)

    @property
    def text(self) -> str:
        """Return the words with a space between."""
        return " ".join(word.text for word in self.words)

    @property
    def left(self) -> float:
        """Return where the line begins."""
        return self.words[0].left

    @property
    def right(self) -> float:
        """Return where the line ends."""
        return self.words[-1].right


def lines_of(pages: Iterable[Page]) -> list[list[TextLine]]:
    """Return the lines of each page from top to bottom; they are numbered on through the directions of a page."""
    lines: list[list[TextLine]] = []
    number_on = 0
    page_before = 0
    for page in pages:
        number_on = number_on if page.number == page_before else 0
        page_before = page.number
        lines.append(_lines_of_page(page, number_on))
        number_on += len(lines[-1])
    return lines


def _lines_of_page(page: Page, number_on: int) -> list[TextLine]:
    rows = _with_marks(_by_baseline(_once(page.glyphs)))
    between = _between_letters(rows)
    return [_line(page, number, _words(row, between)) for number, row in enumerate(rows, start=number_on + 1)]


def _line(page: Page, number: int, words: Iterable[Word]) -> TextLine:
    words = tuple(words)
    baseline, size = median(word.baseline for word in words), median(word.size for word in words)
    return TextLine(page, number, baseline, size, words)


def _height(glyph: Glyph) -> float:
    return glyph.bottom - glyph.top


def _once(glyphs: Iterable[Glyph]) -> list[Glyph]:
    """Return the characters from top to bottom, each once: bold letters may be drawn twice at almost one place."""
    kept: list[Glyph] = []
    seen: dict[tuple[str, int], list[Glyph]] = {}
    for glyph in sorted(glyphs, key=_place):
        char, left, _, _, _, baseline, _ = glyph
        near = _ONE_PLACE * _height(glyph)
        cell = int(left)
        if not any(
            abs(other.left - left) <= near and abs(other.baseline - baseline) <= near
            for column in (cell - 1, cell, cell + 1)
            for other in seen.get((char, column), ())
        ):
            seen.setdefault((char, cell), []).append(glyph)
            kept.append(glyph)
    return kept


def _place(glyph: Glyph) -> tuple[float, float]:
    return glyph.baseline, glyph.left


def _by_baseline(glyphs: Sequence[Glyph]) -> list[list[Glyph]]:
    rows: list[list[Glyph]] = []
    for glyph in glyphs:
        first = rows[-1][0] if rows else None
        if first and glyph.baseline - first.baseline <= _SAME_LINE * min(_height(glyph), _height(first)):
            rows[-1].append(glyph)
        else:
            rows.append([glyph])
    return rows


def _with_marks(rows: Sequence[list[Glyph]]) -> list[list[Glyph]]:
    """Return the rows with small raised characters, which are footnotes' marks, in the row whose text they stand in.

    Digits become superscripts: a mark is no digit of the figure before it.
    """
    sizes = [median(map(_height, row)) for row in rows]
    joined: list[list[Glyph]] = []
    raised: list[Glyph] = []
    for place, (row, size) in enumerate(zip(rows, sizes, strict=True)):
        marks = [glyph for glyph in raised if _is_mark(glyph, row, size)]
        if apart := [glyph for glyph in raised if not _is_mark(glyph, row, size)]:
            joined.append(apart)
        raised = []
        plain = row
        if min(map(_height, row)) < _SMALL * size:
            marks += [glyph for glyph in row if _is_mark(glyph, row, size)]
            plain = [glyph for glyph in row if not _is_mark(glyph, row, size)]
        below = place + 1
        if below < len(rows) and size < _SMALL * sizes[below]:
            # A row of small characters may be the marks of the row below it.
            raised = [glyph for glyph in plain if _is_mark(glyph, rows[below], sizes[below])]
            plain = [glyph for glyph in plain if not _is_mark(glyph, rows[below], sizes[below])]
        text = [mark._replace(char=mark.char.translate(_SUPERSCRIPTS), space_before=False) for mark in marks]
        if plain or text:
            joined.append(sorted([*plain, *text], key=lambda glyph: glyph.left))
    return joined


def _is_mark(glyph: Glyph, row: Sequence[Glyph], size: float) -> bool:
    """Return whether a character is smaller than a row's, raised above its line, and right behind one of its words."""
    if _height(glyph) >= _SMALL * size:
        return False
    least, most = (glyph.baseline + share * size for share in _RAISED)
    if not (least <= row[0].baseline <= most or least <= row[-1].baseline <= most):
        return False
    return any(
        -0.1 * size <= glyph.left - other.right <= _MARK_WITHIN * size
        for other in row
        if least <= other.baseline <= most and _height(other) >= _SMALL * size
    )


def _between_letters(rows: Iterable[Sequence[Glyph]]) -> dict[int, float]:
    """Return the distance of neighbouring letters, in heights, by their size: more than 0 where letters are spaced."""
    gaps: dict[int, list[float]] = {}
    for row in rows:
        for glyph, following in pairwise(row):
            if not following.space_before:
                gap = (following.left - glyph.right) / (_height(glyph) or 1.0)
                gaps.setdefault(_size_class(glyph), []).append(gap)
    return {size: min(_MOST_SPACED, max(0.0, median(some))) for size, some in gaps.items() if len(some) >= _ENOUGH}


def _size_class(glyph: Glyph) -> int:
    return round(_height(glyph))


def _words(row: Sequence[Glyph], between: dict[int, float]) -> list[Word]:
    words: list[list[Glyph]] = [[row[0]]]
    usual = median(between.values()) if between else 0.0
    for before, glyph in pairwise(row):
        size = min(_height(before), _height(glyph)) or 1.0
        gap = (glyph.left - before.right) / size - between.get(_size_class(before), usual)
        if gap > (_DRAWN_GAP if glyph.space_before else _WORD_GAP):
            words.append([glyph])
        else:
            words[-1].append(glyph)
    return [_word(glyphs) for glyphs in words]


def _word(glyphs: Sequence[Glyph]) -> Word:
    text = glyphs[0].char
    for before, glyph in pairwise(glyphs):
        narrower = min(before.right - before.left, glyph.right - glyph.left)
        # Two characters at one place: which of them is displayed, the file does not say.
        text += UNREADABLE if before.right - glyph.left > _OVERPRINTED * narrower > 0 else ""
        text += glyph.char
    return Word(
        text,
        min(glyph.left for glyph in glyphs),
        min(glyph.top for glyph in glyphs),
        max(glyph.right for glyph in glyphs),
        max(glyph.bottom for glyph in glyphs),
        median(glyph.baseline for glyph in glyphs),
        median(_height(glyph) for glyph in glyphs),
    )
