"""Every mutant of the sample, kind by kind. Each universe is complete: nothing is drawn at random here."""

from __future__ import annotations

import itertools
from collections.abc import Iterator

from benchmarks.mutations.mutant import Kind, Mutant
from benchmarks.mutations.sample import STAR, Place, Sample

LARGE_NUMBERS = (10, 50, 100)


def all_mutants(sample: Sample) -> Iterator[Mutant]:
    """Yield every mutant of every kind."""
    for make in (
        digits_replaced,
        digits_swapped,
        stars_to_figures,
        figures_to_stars,
        rows_swapped,
        rows_dropped,
        rows_doubled,
        columns_dropped,
        pages_dropped,
    ):
        yield from make(sample)


def digits_replaced(sample: Sample) -> Iterator[Mutant]:
    """Yield each digit of each printed figure replaced by each of the nine others.

    A figure of several digits never gets a leading zero, which the rule on printed numbers finds by itself and which
    nobody counts as an error of the arithmetic; a figure of one digit gets all nine, 0 to 3 below the threshold too.
    """
    for place, text in sample.figures.items():
        kind = Kind.DIGIT_OF_COPY if place.line_number in sample.copies else Kind.DIGIT
        for index in _digit_indexes(text):
            for digit in "0123456789":
                if digit != text[index]:
                    wrong = text[:index] + digit + text[index + 1 :]
                    if not _has_leading_zero(wrong):
                        yield with_figures(sample, kind, {place: wrong})


def digits_swapped(sample: Sample) -> Iterator[Mutant]:
    """Yield each two neighbouring digits of each figure swapped, also across a space between thousands.

    Equal digits have nothing to swap, and a zero is never swapped to the front.
    """
    for place, text in sample.figures.items():
        for left, right in itertools.pairwise(_digit_indexes(text)):
            chars = list(text)
            chars[left], chars[right] = chars[right], chars[left]
            wrong = "".join(chars)
            if wrong != text and not _has_leading_zero(wrong):
                yield with_figures(sample, Kind.DIGITS_SWAPPED, {place: wrong})


def stars_to_figures(sample: Sample) -> Iterator[Mutant]:
    """Yield each star turned into each one-digit number that may be printed, and into some larger ones."""
    for place, text in sample.figures.items():
        if text == STAR:
            for number in range(sample.report.suppression_threshold, 10):
                yield with_figures(sample, Kind.STAR_TO_DIGIT, {place: str(number)})
            for number in LARGE_NUMBERS:
                yield with_figures(sample, Kind.STAR_TO_NUMBER, {place: str(number)})


def figures_to_stars(sample: Sample) -> Iterator[Mutant]:
    """Yield each printed figure turned into a star."""
    for place, text in sample.figures.items():
        if text != STAR:
            yield with_figures(sample, Kind.FIGURE_TO_STAR, {place: STAR})


def rows_swapped(sample: Sample) -> Iterator[Mutant]:
    """Yield each two neighbouring rows of a header block, its total row included, with their figures swapped.

    Labels stay. Rows that print the same figures have nothing to swap.
    """
    for table in sample.tables:
        for upper in range(table.first_line, table.first_line + len(table.rows) - 1):
            swapped: dict[Place, str] = {}
            for column in range(1, table.header.count("\t") + 2):
                here, below = Place(upper, column), Place(upper + 1, column)
                if sample.figures[here] != sample.figures[below]:
                    swapped |= {here: sample.figures[below], below: sample.figures[here]}
            if swapped:
                yield with_figures(sample, Kind.ROWS_SWAPPED, swapped)


def rows_dropped(sample: Sample) -> Iterator[Mutant]:
    """Yield the sample without each printed row, total rows included."""
    for index in _row_indexes(sample):
        yield Mutant(Kind.ROW_DROPPED, index, index + 1, (), _cut(sample, index, index + 1))


def rows_doubled(sample: Sample) -> Iterator[Mutant]:
    """Yield the sample with each printed row, total rows included, printed twice."""
    for index in _row_indexes(sample):
        doubled = {place: (sample.figures[place],) * 2 for place in _cut(sample, index, index + 1)}
        yield Mutant(Kind.ROW_DOUBLED, index, index, (sample.lines[index],), doubled)


def columns_dropped(sample: Sample) -> Iterator[Mutant]:
    """Yield the sample without each column, heading and figures, of each header block; then of all at once."""
    for table in sample.tables:
        start, end = table.first_line - 2, table.first_line - 1 + len(table.rows)
        for column in range(1, table.header.count("\t") + 2):
            lines = tuple(_without_field(line, column) for line in sample.lines[start:end])
            yield Mutant(Kind.COLUMN_DROPPED, start, end, lines, _cut(sample, start, end, column))
    for column in range(1, sample.tables[0].header.count("\t") + 2):
        lines = tuple(_without_field(line, column) if "\t" in line else line for line in sample.lines)
        yield Mutant(Kind.COLUMN_DROPPED, 0, len(lines), lines, _cut(sample, 0, len(lines), column))


def pages_dropped(sample: Sample) -> Iterator[Mutant]:
    """Yield the sample without each page: from a line that prints the period up to the next, or the end."""
    for start, end in sample.pages:
        yield Mutant(Kind.PAGE_DROPPED, start, end, (), _cut(sample, start, end))


def _digit_indexes(text: str) -> list[int]:
    return [index for index, char in enumerate(text) if char.isdigit()]


def _has_leading_zero(text: str) -> bool:
    return len(text) > 1 and text.startswith("0")


def _row_indexes(sample: Sample) -> Iterator[int]:
    for table in sample.tables:
        yield from range(table.first_line - 1, table.first_line - 1 + len(table.rows))


def _cut(sample: Sample, start: int, end: int, column: int | None = None) -> dict[Place, tuple[str, ...]]:
    """Return the figures, of one column or all, that the lines from index `start` to `end` print, as dropped ones."""
    return {
        place: ()
        for place in sample.figures
        if start < place.line_number <= end and column in (None, place.column_number)
    }


def _without_field(line: str, index: int) -> str:
    fields = line.split("\t")
    return "\t".join(fields[:index] + fields[index + 1 :])


def with_figures(sample: Sample, kind: Kind, texts: dict[Place, str]) -> Mutant:
    """Return the mutant in which figures print other texts, all of them on neighbouring lines."""
    start, end = min(texts).line_number - 1, max(texts).line_number
    rows = [line.split("\t") for line in sample.lines[start:end]]
    for place, text in texts.items():
        rows[place.line_number - 1 - start][place.column_number] = text
    lines = tuple("\t".join(row) for row in rows)
    return Mutant(kind, start, end, lines, {place: (text,) for place, text in texts.items()})
