"""Lines of a page → the headers of its tables: the average and the months, and where the column of each stands.

A header takes one to four lines, since narrow columns wrap their headings: words that stand over each other belong to
one column. The average stands before the months or after them; tables may stand beside each other.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import pairwise

from loaders.formats.pdf.words import TextLine, Word
from loaders.headers import is_average
from loaders.months import month_number
from warehouse.figures import is_figure
from warehouse.folding import fold
from warehouse.period import MONTH_NAMES

_MOST_LINES = 4
_FARTHEST = 3.0
"""Heights of a letter between the lines of one header."""
_OVERLAP = 0.1
"""Heights of a letter by which words of one column stand over each other at least."""
_AVERAGES = (fold("Gjennomsnitt hittil i år"), fold("Gjennomsnitt"))
_STARTS = tuple(fold(name)[:3] for name in (*MONTH_NAMES, "Gjennomsnitt"))


@dataclass(frozen=True, slots=True)
class Column:
    """A column of figures as its header prints it."""

    heading: str
    left: float
    right: float


@dataclass(frozen=True, slots=True)
class TableHead:
    """The header of one table."""

    columns: tuple[Column, ...]
    """From left to right."""
    order: tuple[int, ...]
    """The same columns, from 0, as they are told: the average, then the months as they follow each other."""
    labels_from: float
    """Where the labels begin at the earliest: right of the table before it."""
    note: str
    """What the header prints above the labels."""
    is_sound: bool
    """Whether each column is the average or a month; else it is told as it is printed, to be complained about."""
    line: TextLine

    @property
    def text(self) -> str:
        """Return the header as a printed line."""
        return "\t".join(["", *(self.columns[place].heading for place in self.order)])


@dataclass(frozen=True, slots=True)
class _Cluster:
    """Words of a header that stand over each other."""

    words: tuple[tuple[int, Word], ...]
    """Each with its line."""
    left: float
    right: float


def heads_at(lines: Sequence[TextLine], start: int) -> tuple[list[TableHead], int]:
    """Return the headers that begin with the line at `start`, from left to right, and how many lines they take.

    A title above a header, and a row below it, may stand over its columns too: of all lines that may be the header,
    those are taken that say average and months most plainly.
    """
    if not _may_begin(lines[start]):
        return [], 0
    best: tuple[tuple[bool, float, int], int, list[TableHead]] | None = None
    for begin in range(start, min(start + _MOST_LINES, len(lines))):
        for count in range(1, _MOST_LINES + 1):
            window = lines[begin : begin + count]
            if (
                len(window) < count
                or _has_figures(window[-1])
                or (begin > start and _are_far(lines[begin - 1], window[0]))
            ):
                break
            if count > 1 and _are_far(window[-2], window[-1]):
                break
            heads = _heads(window)
            if heads and _all_have_columns(window, heads):
                quality = (
                    all(head.is_sound for head in heads),
                    min(_likeness(head.columns[head.order[0]].heading) for head in heads),
                    count,
                )
                if best is None or quality > best[0]:
                    best = quality, begin, heads
        if begin > start and (best is None or best[1] != start):
            break
    return (best[2], best[0][2]) if best and best[1] == start else ([], 0)


def joined(pieces: Sequence[str]) -> str:
    """Return the lines of a text as one: a word that is parted by a hyphen at the end of a line becomes whole."""
    text = ""
    for piece in pieces:
        is_parted = len(text) > 1 and text.endswith("-") and text[-2].isalpha() and piece[:1].islower()
        if is_parted and piece.split()[0] not in ("og", "eller"):
            text = text[:-1] + piece
        elif text.endswith("-") and text[-2:-1].isdigit():
            text += piece
        else:
            text = f"{text} {piece}" if text else piece
    return text


def _may_begin(line: TextLine) -> bool:
    """Return whether a line may be the first of a header: a word of it begins as a month or the average does."""
    return any(fold(word.text)[:3] in _STARTS for word in line.words)


def _are_far(line: TextLine, below: TextLine) -> bool:
    return below.baseline - line.baseline > _FARTHEST * max(line.size, below.size)


def _has_figures(line: TextLine) -> bool:
    return sum(is_figure(word.text) for word in line.words) > 1


def _likeness(average: str) -> float:
    """Return the share of letters that an average's heading has in common with the one that is usual."""
    return max(SequenceMatcher(None, fold(average), usual, autojunk=False).ratio() for usual in _AVERAGES)


def _heads(window: Sequence[TextLine]) -> list[TableHead]:
    clusters = _clusters(window)
    heads: list[TableHead] = []
    labels_from = float("-inf")
    place = 0
    while place < len(clusters):
        head, following = _head(clusters, place, labels_from, window[-1])
        if head is None:
            return heads if not heads or not _words_of(clusters[place:]) else []
        heads.append(head)
        labels_from = head.columns[-1].right
        place = following
    return heads


def _head(clusters: Sequence[_Cluster], start: int, labels_from: float, line: TextLine) -> tuple[TableHead | None, int]:
    """Return the first header among the clusters from `start` on, and the place of the first cluster after it."""
    texts = [_text([cluster]) for cluster in clusters]
    months = [month_number(text) for text in texts]
    first = next((place for place in range(start, len(clusters)) if months[place] is not None), None)
    begin = _average_before(clusters, start, first if first is not None else len(clusters))
    if first is None:
        # An average, and behind it what should be months.
        if begin is None or begin[1] == len(clusters):
            return None, start
        return _made(clusters, begin, range(begin[1], len(clusters)), labels_from, line), len(clusters)
    last = first
    while last + 1 < len(clusters) and months[last + 1] is not None:
        last += 1
    after = _average_at(clusters, last + 1) if begin is None else None
    if after is not None:
        return _made(clusters, after, range(first, last + 1), labels_from, line), after[1]
    if begin is None:
        return None, start
    # What stands behind the months without being one, up to the average of a table beside this one, is its labels'.
    end = last + 1
    if end < len(clusters) and not any(_average_at(clusters, place) for place in range(end, len(clusters))):
        return _made(clusters, begin, range(begin[1], len(clusters)), labels_from, line), len(clusters)
    return _made(clusters, begin, range(begin[1], end), labels_from, line), end


def _average_before(clusters: Sequence[_Cluster], start: int, end: int) -> tuple[int, int] | None:
    """Return the clusters that are the average and end at `end`, or before it where none does."""
    for stop in range(end, start, -1):
        if average := _most_plainly(clusters, [(begin, stop) for begin in range(start, stop)]):
            return average
    return None


def _average_at(clusters: Sequence[_Cluster], begin: int) -> tuple[int, int] | None:
    """Return the clusters from `begin` on that are the average; None where they are none."""
    return _most_plainly(clusters, [(begin, end) for end in range(begin + 1, min(begin + 5, len(clusters)) + 1)])


def _most_plainly(clusters: Sequence[_Cluster], ways: Sequence[tuple[int, int]]) -> tuple[int, int] | None:
    """Return which of several runs of clusters says most plainly that it is the average."""
    texts = {way: _text(clusters[slice(*way)]) for way in ways}
    averages = [way for way in ways if is_average(texts[way])]
    return max(averages, key=lambda way: _likeness(texts[way]), default=None)


def _made(
    clusters: Sequence[_Cluster], average: tuple[int, int], months: range, labels_from: float, line: TextLine
) -> TableHead:
    about_average = _column(clusters[slice(*average)])
    about_months = [_column(clusters[place : place + 1]) for place in months]
    columns = sorted([about_average, *about_months], key=lambda column: column.left)
    numbers = [month_number(column.heading) for column in about_months]
    is_sound = len(set(numbers)) == len(numbers) and None not in numbers and months.start >= average[1] - len(clusters)
    told = about_months
    if is_sound:
        told = sorted(about_months, key=lambda column: month_number(column.heading) or 0)
    order = tuple(columns.index(column) for column in (about_average, *told))
    first = min(average[0], months.start)
    note = _text([cluster for cluster in clusters[:first] if cluster.left >= labels_from])
    return TableHead(tuple(columns), order, labels_from, note, is_sound, line)


def _column(clusters: Sequence[_Cluster]) -> Column:
    return Column(
        _text(clusters), min(cluster.left for cluster in clusters), max(cluster.right for cluster in clusters)
    )


def _clusters(window: Sequence[TextLine]) -> list[_Cluster]:
    """Return the words of some lines from left to right, those that stand over each other together."""
    words = sorted(
        ((number, word) for number, line in enumerate(window) for word in line.words), key=lambda item: item[1].left
    )
    clusters: list[_Cluster] = []
    for number, word in words:
        last = clusters[-1] if clusters else None
        if last and last.right - word.left > _OVERLAP * word.size:
            clusters[-1] = _Cluster((*last.words, (number, word)), last.left, max(last.right, word.right))
        else:
            clusters.append(_Cluster(((number, word),), word.left, word.right))
    return clusters


def _words_of(clusters: Sequence[_Cluster]) -> list[tuple[int, Word]]:
    return sorted((item for cluster in clusters for item in cluster.words), key=lambda item: (item[0], item[1].left))


def _text(clusters: Sequence[_Cluster]) -> str:
    """Return the text of clusters, line by line."""
    lines: dict[int, list[str]] = {}
    for number, word in _words_of(clusters):
        lines.setdefault(number, []).append(word.text)
    return joined([" ".join(words) for words in lines.values()])


def _all_have_columns(window: Sequence[TextLine], heads: Sequence[TableHead]) -> bool:
    """Return whether the first and the last of some lines print a heading of a column, so that no line is a title."""
    columns = [column for head in heads for column in head.columns]
    return all(
        any(column.left <= word.left and word.right <= column.right for column in columns for word in line.words)
        for line in (window[0], window[-1])
    )


def stand_apart(columns: Sequence[Column]) -> bool:
    """Return whether no heading stands over another one."""
    return all(one.right <= other.left for one, other in pairwise(columns))
