"""Words of a row → its label and its figures, by fitting them to the columns of the table.

A space parts the thousands of a figure and may part two figures of narrow columns: "1 118 1 137 1 192" may be three
figures or six. So the pieces of a row are put together and assigned to columns in every way that the edges of the
columns allow, and a row is read only where one way alone fits.

The edges come from the rows themselves: those that can be read in one way only, whatever the columns are, show whether
figures are aligned to the right, to the left or by their centre. Where there is no such row, the headings show it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from statistics import median
from typing import NamedTuple

from loaders.formats.lines import Box
from loaders.formats.pdf.headings import Column
from loaders.formats.pdf.words import UNREADABLE, Word
from warehouse.figures import is_figure, without_footnote_mark

_NEAR = 0.35
"""Widths of a digit by which a figure may be off its column's edge."""
_RIVAL = 0.8
"""Widths of a digit within which another way to read a row fits about as well."""
_JOINABLE = 1.6
"""Widths of a digit between the thousands of a figure at most; a space of a typewriter's font is as wide as a digit."""
_CLEARLY = 1.3
"""How many times as wide a gap must be as another one to be clearly wider."""
_OVERLAP = 0.5
"""Widths of a digit by which a figure may stand below the heading of another column."""
_MOST_GROUPS = 3
_SHARE = 0.9
"""Share of the rows read in one way only that an alignment must fit."""

_HEAD = re.compile(r"[1-9][0-9]{0,2}")
_GROUP = re.compile(r"[0-9]{3}")
_MARK = re.compile(r"[0-9a-z]\)")
_CELL = re.compile(rf"[^\W_]{{0,3}}|[^\w\s]{{1,3}}|.*[0-9*∗{UNREADABLE}].*")
"""Words that may stand in a column: figures, sound or damaged, and signs in place of figures."""

_Edge = Callable[[float, float], float]
_EDGES: dict[str, _Edge] = {
    "right": lambda _, right: right,
    "centre": lambda left, right: (left + right) / 2,
    "left": lambda left, _: left,
}


class Piece(NamedTuple):
    """A word of a row, with the mark of a footnote that stands behind it."""

    text: str
    left: float
    right: float
    bare_right: float
    """Where the word ends without such a mark."""
    box: Box


class Cell(NamedTuple):
    """A figure of a row."""

    text: str
    box: Box


@dataclass(frozen=True, slots=True)
class FittedRow:
    """A row as it is read: its label's words, and a cell for each column, None where nothing stands there."""

    label: tuple[str, ...]
    cells: tuple[Cell | None, ...]

    @property
    def figures(self) -> tuple[str, ...]:
        """Return the text of each column."""
        return tuple(cell.text if cell else "" for cell in self.cells)


class _Anchor(NamedTuple):
    edge: str
    place: float


class _Way(NamedTuple):
    """A way to read a row: how many of its pieces are its label, and which of the others stand in which column."""

    label: int
    spans: tuple[tuple[int, int] | None, ...]
    off: float
    """Points by which the figure that fits worst is off its column's edge."""


@dataclass(frozen=True, slots=True)
class ColumnFit:
    """Where the figures of tables with one header's columns stand."""

    columns: tuple[Column, ...]
    digit: float
    """Width of a digit, in points."""
    alignments: tuple[tuple[_Anchor, ...], ...]
    """An edge for each column, in each way in which the columns may be aligned."""

    def read(self, words: Sequence[Word]) -> list[FittedRow]:
        """Return the ways to read a row: one where it is certain, none where its words stand in no column."""
        row = _Row(pieces_of(words), self.columns, self.digit)
        ways = [way for anchors in self.alignments for way in _plain(row, list(row.ways(anchors)))]
        if not any(way.off <= _NEAR * self.digit for way in ways):
            return []
        return [row.read(way) for way in {(way.label, way.spans): way for way in ways}.values()]


def column_fit(columns: tuple[Column, ...], rows: Iterable[Sequence[Word]]) -> ColumnFit:
    """Return how the rows of tables that all have these columns fit them."""
    pieces = [pieces_of(words) for words in rows]
    digit = _width_of_digit(pieces)
    table = [_Row(row, columns, digit) for row in pieces]
    samples = [sample for row in table if (sample := row.only_figures()) is not None]
    if not samples:
        alignments = [
            tuple(_Anchor(name, edge(column.left, column.right)) for column in columns) for name, edge in _EDGES.items()
        ]
        # The headings are aligned as the figures are where every row fits them.
        fitting = [
            anchors
            for anchors in alignments
            if all(any(way.off <= _NEAR * digit for way in row.ways(anchors)) for row in table if row.pieces)
        ]
        return ColumnFit(columns, digit, tuple(fitting))
    uniform = [_anchors(samples, [name] * len(columns)) for name in _EDGES]
    fitting = [anchors for anchors in uniform if _fits(samples, anchors, digit)]
    if not fitting:
        fitting = [_anchors(samples, _best_edges(samples))]
    return ColumnFit(columns, digit, tuple(fitting))


def pieces_of(words: Sequence[Word]) -> list[Piece]:
    """Return the words of a row, with footnotes' marks in brackets joined to the figures before them."""
    pieces: list[Piece] = []
    for word in words:
        before = pieces[-1] if pieces else None
        if before and _MARK.fullmatch(word.text) and is_figure(before.text) and word.left - before.right < word.size:
            left, top, _, bottom = before.box
            box = Box(left, min(top, word.top), word.right, max(bottom, word.bottom))
            pieces[-1] = before._replace(text=f"{before.text} {word.text}", right=word.right, box=box)
            continue
        bare = _bare(word.text)
        # A mark is smaller than the digits before it.
        shown = len(bare) + 0.6 * (len(word.text) - len(bare))
        bare_right = word.left + (word.right - word.left) * len(bare) / (shown or 1)
        pieces.append(Piece(word.text, word.left, word.right, bare_right, word.box))
    return pieces


def is_cell(text: str) -> bool:
    """Return whether a word is a figure, or a part of one."""
    bare = _bare(text)
    return bare.isdecimal() or (bool(bare) and is_figure(bare))


@lru_cache(maxsize=4_096)
def _bare(text: str) -> str:
    return without_footnote_mark(text) if text[-1:] in "¹²³⁰⁴⁵⁶⁷⁸⁹†‡§)" else text


def _width_of_digit(rows: Iterable[Sequence[Piece]]) -> float:
    widths = [(piece.right - piece.left) / len(piece.text) for row in rows for piece in row if piece.text.isdecimal()]
    return median(widths) if widths else 4.0


def _fits(samples: Sequence[Sequence[tuple[float, float]]], anchors: Sequence[_Anchor], digit: float) -> bool:
    fitting = sum(
        all(
            abs(_EDGES[anchor.edge](left, right) - anchor.place) <= _NEAR * digit
            for (left, right), anchor in zip(sample, anchors, strict=True)
        )
        for sample in samples
    )
    return fitting >= _SHARE * len(samples)


def _anchors(samples: Sequence[Sequence[tuple[float, float]]], names: Sequence[str]) -> tuple[_Anchor, ...]:
    return tuple(
        _Anchor(name, median(_EDGES[name](*sample[column]) for sample in samples)) for column, name in enumerate(names)
    )


def _best_edges(samples: Sequence[Sequence[tuple[float, float]]]) -> list[str]:
    """Return, for each column, the edge at which its figures differ least."""

    def spread(column: int, name: str) -> float:
        places = [_EDGES[name](*sample[column]) for sample in samples]
        middle = median(places)
        return median(abs(place - middle) for place in places)

    return [min(_EDGES, key=lambda name: spread(column, name)) for column in range(len(samples[0]))]


def _plain(row: _Row, ways: list[_Way]) -> list[_Way]:
    """Return the ways without those in which a figure begins with a zero, where there are others."""
    return [way for way in ways if not row.begins_with_zero(way)] or ways


@dataclass(frozen=True, slots=True)
class _Row:
    """A row that is to be read."""

    pieces: list[Piece]
    columns: tuple[Column, ...]
    digit: float

    def ways(self, anchors: Sequence[_Anchor]) -> Iterator[_Way]:
        """Return every way to read the row in which each figure is near its column's edge."""
        yield from self._ways(anchors, len(self.pieces), len(anchors) - 1, (), 0.0)

    def _ways(
        self,
        anchors: Sequence[_Anchor],
        end: int,
        column: int,
        spans: tuple[tuple[int, int] | None, ...],
        off: float,
    ) -> Iterator[_Way]:
        blank = (None,) * (column + 1)
        if any(spans) and self._may_be_label(end, (*blank, *spans), anchors):
            yield _Way(end, (*blank, *spans), off)
        if column < 0 or not end:
            return
        placed = False
        for start in self._starts(end):
            distance = self._distance(start, end, anchors[column])
            if distance <= _RIVAL * self.digit and self._is_below(start, end, column):
                placed = True
                yield from self._ways(anchors, start, column - 1, ((start, end), *spans), max(off, distance))
        if column and not (placed and self._is_alone(end)):
            yield from self._ways(anchors, end, column - 1, (None, *spans), off)

    def _is_alone(self, end: int) -> bool:
        """Return whether a piece can be joined with neither neighbour, so that its column is its place alone."""
        joins_before = end > 1 and self._joins(end - 2)
        return not joins_before and not (end < len(self.pieces) and self._joins(end - 1))

    def only_figures(self) -> list[tuple[float, float]] | None:
        """Return where the figures stand if the row has one for each column, and there is one way alone to have it so.

        None where there are several ways, or a figure stands below the heading of another column.
        """
        counts: dict[tuple[int, int], int] = {}

        def count(end: int, column: int) -> int:
            if column < 0:
                return int(self._may_be_label(end, (), ()) and not (end and self._is_number(end - 1)))
            if (end, column) not in counts:
                counts[end, column] = sum(
                    count(start, column - 1)
                    for start in self._starts(end)
                    if all(is_cell(piece.text) for piece in self.pieces[start:end])
                )
            return counts[end, column]

        end, last = len(self.pieces), len(self.columns) - 1
        if not end or count(end, last) != 1:
            return None
        places: list[tuple[float, float]] = []
        for column in range(last, -1, -1):
            start = next(start for start in self._starts(end) if count(start, column - 1))
            if not self._is_below(start, end, column):
                return None
            places.insert(0, (self.pieces[start].left, self.pieces[end - 1].bare_right))
            end = start
        return places

    def read(self, way: _Way) -> FittedRow:
        """Return the row as it is read in one way."""
        cells = [None if span is None else self._cell(*span) for span in way.spans]
        return FittedRow(tuple(piece.text for piece in self.pieces[: way.label]), tuple(cells))

    def begins_with_zero(self, way: _Way) -> bool:
        """Return whether a figure would begin with a zero, which no number of people does."""
        return any(span is not None and self.pieces[span[0]].text.startswith("0") for span in way.spans)

    def _cell(self, start: int, end: int) -> Cell:
        pieces = self.pieces[start:end]
        box = Box(
            pieces[0].left,
            min(piece.box.top for piece in pieces),
            pieces[-1].right,
            max(piece.box.bottom for piece in pieces),
        )
        return Cell(" ".join(piece.text for piece in pieces), box)

    def _starts(self, end: int) -> Iterator[int]:
        """Return where a figure that ends before the piece `end` may begin."""
        if not end or not _CELL.fullmatch(self.pieces[end - 1].text):
            return
        yield end - 1
        for start in range(end - 2, max(-1, end - 1 - _MOST_GROUPS), -1):
            if not self._joins(start):
                return
            if self._may_begin(start):
                yield start

    def _joins(self, place: int) -> bool:
        """Return whether a piece and the one after it may be groups of one figure."""
        piece, following = self.pieces[place], self.pieces[place + 1]
        return (
            (_HEAD.fullmatch(piece.text) is not None or _GROUP.fullmatch(piece.text) is not None)
            and _GROUP.fullmatch(_bare(following.text.partition(" ")[0])) is not None
            and following.left - piece.right <= _JOINABLE * self.digit
        )

    def _may_begin(self, start: int) -> bool:
        """Return whether the thousands of a figure may begin with a piece, and are not the end of the label."""
        if not _HEAD.fullmatch(self.pieces[start].text):
            return False
        if not start or self._is_number(start - 1):
            return True
        before = self.pieces[start].left - self.pieces[start - 1].right
        return before * _CLEARLY >= self.pieces[start + 1].left - self.pieces[start].right

    def _may_be_label(self, end: int, spans: Sequence[tuple[int, int] | None], anchors: Sequence[_Anchor]) -> bool:
        """Return whether the pieces before `end` may be the label: none is a figure, nor the beginning of one."""
        if not end:
            return True
        if self.pieces[end - 1].right > self.columns[1].left + _OVERLAP * self.digit:
            return False
        if end < len(self.pieces) and self._is_close(end):
            return False
        return not any(
            span is None and self._distance(start, stop, anchor) <= _RIVAL * self.digit
            for stop in range(1, end + 1)
            if self._is_number(stop - 1)
            for span, anchor in zip(spans, anchors, strict=True)
            for start in self._starts(stop)
        )

    def _is_close(self, end: int) -> bool:
        """Return whether the piece before `end` is clearly closer to the figure behind it than to the label before it.

        It is then a part of the figure, whatever it looks like: a digit may be misread, or missing in the font.
        """
        behind = self.pieces[end].left - self.pieces[end - 1].right
        if behind > _JOINABLE * self.digit:
            return False
        if end == 1:
            return len(self.pieces[0].text) < 2 or self._is_number(0) or UNREADABLE in self.pieces[0].text
        return self.pieces[end - 1].left - self.pieces[end - 2].right > _CLEARLY * behind

    def _is_number(self, place: int) -> bool:
        return is_cell(self.pieces[place].text)

    def _distance(self, start: int, end: int, anchor: _Anchor) -> float:
        left, last = self.pieces[start].left, self.pieces[end - 1]
        edge = _EDGES[anchor.edge]
        return min(abs(edge(left, right) - anchor.place) for right in (last.right, last.bare_right))

    def _is_below(self, start: int, end: int, column: int) -> bool:
        """Return whether a figure stands below no heading of another column."""
        left, right = self.pieces[start].left, self.pieces[end - 1].right
        return all(
            min(right, other.right) - max(left, other.left) <= _OVERLAP * self.digit
            for place, other in enumerate(self.columns)
            if place != column
        )
