"""Labels over several lines: which row the lines without figures belong to, by where they stand and what they say.

The lines of one label stand closer together than rows do, whether the figures stand beside the first line, the last
one, or in the middle. Where all lines stand equally close, brackets, small letters and dashes may say it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from loaders.formats.pdf.fitting import FittedRow
from loaders.formats.pdf.headings import joined
from loaders.formats.pdf.words import TextLine

_CLOSE = 1.7
"""Heights of a letter between the lines of a label at most."""
_CLEARLY = 1.04
"""How many times as wide the gap between rows must be as the one between the lines of a label."""
_GOES_ON = (
    ",",
    "-",
    "–",
    "/",
    *(f" {word}" for word in ("og", "eller", "av", "for", "i", "inntil", "med", "over", "på")),
)


@dataclass(slots=True)
class PrintedRow:
    """A row of a table, and the lines of its label that stand above and below its figures."""

    line: TextLine
    fitted: FittedRow
    above: list[TextLine] = field(default_factory=list)
    below: list[TextLine] = field(default_factory=list)

    @property
    def own_label(self) -> str:
        """Return what stands in the line of the figures."""
        return " ".join(self.fitted.label)

    @property
    def label(self) -> str:
        """Return the whole label."""
        own = [self.own_label] if self.fitted.label else []
        return joined([*(line.text for line in self.above), *own, *(line.text for line in self.below)])


def attach(entries: Sequence[PrintedRow | TextLine], *, below_header: bool) -> list[TextLine]:
    """Give each line without figures to the row whose label it is a part of; return those that are of none.

    `entries` are the rows of a table on one page and the lines among them that stand where labels do, from top to
    bottom; `below_header` says that they begin below the table's header.
    """
    apart: list[TextLine] = []
    distance = row_distance(entries)
    run: list[TextLine] = []
    before: PrintedRow | None = None
    for entry in (*entries, None):
        if isinstance(entry, TextLine):
            run.append(entry)
            continue
        if run and before and entry:
            apart += _share(run, before, entry)
        elif run and entry:
            apart += _above_first(run, entry, distance, below_header=below_header)
        elif run and before:
            apart += _below_last(run, before, distance)
        run, before = [], entry
    return apart


def row_distance(entries: Sequence[PrintedRow | TextLine]) -> float:
    """Return the least distance of rows that follow each other; 0 where there are none."""
    distances = [
        following.line.baseline - row.line.baseline
        for row, following in pairwise(entries)
        if isinstance(row, PrintedRow) and isinstance(following, PrintedRow)
    ]
    return min(distances, default=0.0)


def _share(run: list[TextLine], before: PrintedRow, after: PrintedRow) -> list[TextLine]:
    """Part the lines between two rows at the widest gap; return those that are near to neither."""
    places = [before.line.baseline, *(line.baseline for line in run), after.line.baseline]
    gaps = [below - above for above, below in pairwise(places)]
    cuts = [place for place, gap in enumerate(gaps) if gap * _CLEARLY >= max(gaps)]
    if len(cuts) > 1:
        # Of gaps that are equally wide, the one at which no label goes on.
        texts = [before.own_label, *(line.text for line in run), after.own_label]
        cuts = [place for place in cuts if not _continues(*texts[place : place + 2])]
    if len(cuts) != 1:
        return run
    [cut] = cuts
    upper, lower = run[:cut], run[cut:]
    apart: list[TextLine] = []
    if all(gap <= _CLOSE * before.line.size for gap in gaps[:cut]):
        before.below += upper
    else:
        apart += upper
    if all(gap <= _CLOSE * after.line.size for gap in gaps[cut + 1 :]):
        after.above = [*lower, *after.above]
    else:
        apart += lower
    return apart


def _above_first(run: list[TextLine], row: PrintedRow, distance: float, *, below_header: bool) -> list[TextLine]:
    """Give lines above the first row to it, where they are closer to it than rows are, or its label goes on with them.

    Above the first row of another page may stand anything.
    """
    near = _chain(run[::-1], row.line)[::-1]
    if not near:
        return run
    is_closer = below_header and (row.line.baseline - near[-1].baseline) * _CLEARLY < distance
    if not (is_closer or not row.own_label or _continues(near[-1].text, row.own_label)):
        return run
    row.above = near
    return run[: len(run) - len(near)]


def _below_last(run: list[TextLine], row: PrintedRow, distance: float) -> list[TextLine]:
    """Give lines below the last row to it, where they are closer to it than rows are, or go on with its label."""
    is_closer = (run[0].baseline - row.line.baseline) * _CLEARLY < distance
    if not (is_closer or not row.own_label or _continues(row.own_label, run[0].text)):
        return run
    row.below = _chain(run, row.line)
    return run[len(row.below) :]


def _chain(run: Sequence[TextLine], line: TextLine) -> list[TextLine]:
    """Return the lines of a run that are each close to the one before, the first of them to `line`."""
    near: list[TextLine] = []
    for piece in run:
        if abs(piece.baseline - (near[-1] if near else line).baseline) > _CLOSE * line.size:
            break
        near.append(piece)
    return near


def _continues(text: str, following: str) -> bool:
    """Return whether a line goes on with what another one began."""
    if not text or not following:
        return False
    return (
        following[0] in "([-–/"
        or following[0].islower()
        or text.endswith(_GOES_ON)
        or (text.count("(") > text.count(")") and ")" in following)
    )
