"""Damages of whole lines and tables that are no exchange: what a program or a reader makes of a report as a whole."""

from __future__ import annotations

import random
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from benchmarks.mutations.making import with_figures
from benchmarks.mutations.mutant import Kind, Mutant
from benchmarks.mutations.sample import STAR, Place, Sample, value_of
from reasoning.printed import PrintedTable
from reasoning.rules import Interval
from tests.reasoning.printed_report import PrintedReport

_NEIGHBOURING_LINES = (5, 20, 50)
_SEED = 16


@dataclass(frozen=True)
class Damage:
    """The sample with other texts in it."""

    kind: str
    mutant: Mutant
    prints: Mapping[int, Interval] | None
    """What cells print instead; None where lines or columns differ, so that rules other than sums must notice."""


def all_damages(sample: Sample, printed: PrintedReport) -> dict[str, list[Damage]]:
    """Return every damage by kind."""
    damages: dict[str, list[Damage]] = {}
    for damage in (
        *_stars_to_zeros(sample, printed),
        *_separators_lost(sample, printed),
        *_figures_of_another_table(sample, printed),
        *_titles_of_another_measure(sample, printed),
        *_lines_misread(sample, printed),
    ):
        damages.setdefault(damage.kind, []).append(damage)
    return damages


def _stars_to_zeros(sample: Sample, printed: PrintedReport) -> Iterator[Damage]:
    """Yield each line, and each table, with a zero for each of its stars."""
    for table in printed.tables:
        lines = [{row.line} for row in table.rows]
        for some in [*lines, set().union(*lines)]:
            texts = {place: "0" for place, text in sample.figures.items() if place.line_number in some and text == STAR}
            if texts:
                yield _reprinted("stars to zeros", sample, printed, texts)


def _separators_lost(sample: Sample, printed: PrintedReport) -> Iterator[Damage]:
    """Yield each line with only what stands before, or behind, its thousands separators.

    Then with a tab for the first of them, and with one of them for the first tab between two figures.
    """
    for line in sorted({place.line_number for place in sample.figures}):
        of_line = {place: text for place, text in sample.figures.items() if place.line_number == line}
        parted = {place: text.split(" ") for place, text in of_line.items() if " " in text}
        if parted:
            for end in (0, -1):
                texts = {place: str(int(parts[end])) for place, parts in parted.items()}
                yield _reprinted("separators lost", sample, printed, texts)
            place, parts = next(iter(parted.items()))
            yield _resplit(sample, place, ("\t".join(parts),))
        first, second = list(of_line)[:2]
        if STAR not in (of_line[first], of_line[second]):
            yield _resplit(sample, first, (f"{of_line[first]} {of_line[second]}",), merged=second)


def _resplit(sample: Sample, place: Place, texts: tuple[str, ...], merged: Place | None = None) -> Damage:
    """Return the sample with one figure printed as two, or two printed as one."""
    fields = sample.lines[place.line_number - 1].split("\t")
    fields[place.column_number] = texts[0]
    if merged:
        del fields[merged.column_number]
    index = place.line_number - 1
    figures = {place: ()} if merged is None else {place: (), merged: ()}
    mutant = Mutant(Kind.COLUMN_DROPPED, index, index + 1, ("\t".join(fields),), figures)
    return Damage("a figure split, or two joined", mutant, None)


def _figures_of_another_table(sample: Sample, printed: PrintedReport) -> Iterator[Damage]:
    """Yield each table with the figures of another one of its breakdown below its own first row, or in all rows."""
    for one, other in _pairs(printed):
        theirs = {row.category: row.line for row in other.rows}
        for has_total in (False, True):
            rows = [row for row in one.rows if row.category in theirs and (has_total or not row.is_total)]
            places = {
                Place(row.line, column): Place(theirs[row.category], column) for row in rows for column in row.cells
            }
            texts = {
                place: sample.figures[source]
                for place, source in places.items()
                if sample.figures[place] != sample.figures[source]
            }
            if texts:
                yield _reprinted("figures of another measure", sample, printed, texts)


def _titles_of_another_measure(sample: Sample, printed: PrintedReport) -> Iterator[Damage]:
    """Yield each table with the label of another one's first row, so that it counts as one of that measure."""
    for one, other in _pairs(printed):
        line, theirs = one.rows[0].line, other.rows[0].line
        label, _, figures = sample.lines[line - 1].partition("\t")
        other_label = sample.lines[theirs - 1].partition("\t")[0]
        if label != other_label and one.rows[0].is_total:
            moved = {place: () for place in sample.figures if place.line_number == line}
            mutant = Mutant(Kind.ROW_DROPPED, line - 1, line, (f"{other_label}\t{figures}",), moved)
            yield Damage("titles of another measure", mutant, None)


def _lines_misread(sample: Sample, printed: PrintedReport) -> Iterator[Damage]:
    """Yield neighbouring lines with one digit wrong in each of their figures, from each line on."""
    generator = random.Random(_SEED)  # noqa: S311
    lines = sorted({place.line_number for place in sample.figures})
    for count in _NEIGHBOURING_LINES:
        for first in range(len(lines) - count + 1):
            chosen = set(lines[first : first + count])
            texts = {
                place: _misread(text, generator)
                for place, text in sample.figures.items()
                if place.line_number in chosen and text != STAR
            }
            if texts:
                yield _reprinted(f"{count} neighbouring lines misread", sample, printed, texts)


def _misread(text: str, generator: random.Random) -> str:
    index = generator.choice([index for index, char in enumerate(text) if char.isdigit()])
    digit = generator.choice([digit for digit in "123456789" if digit != text[index]])
    return text[:index] + digit + text[index + 1 :]


def _pairs(printed: PrintedReport) -> Iterator[tuple[PrintedTable, PrintedTable]]:
    tables = printed.tables
    for one in tables:
        for other in tables:
            if one is not other and one.breakdown == other.breakdown and one.months == other.months:
                yield one, other


def _reprinted(kind: str, sample: Sample, printed: PrintedReport, texts: Mapping[Place, str]) -> Damage:
    star = (0, sample.report.suppression_threshold - 1)
    numbers = {place: value_of(text) for place, text in texts.items()}
    prints = {
        cell.cell: star if (number := numbers[Place(cell.line, cell.column)]) is None else (number, number)
        for cell in printed.places
        if Place(cell.line, cell.column) in texts
    }
    return Damage(kind, with_figures(sample, Kind.ROWS_SWAPPED, dict(texts)), prints)
