"""The record of a mutant: which lines of the sample it replaces, and what becomes of which printed figures."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from benchmarks.mutations.sample import Place, Sample


class Kind(StrEnum):
    """How a mutant differs from the sample; the value is what the table of results calls it."""

    DIGIT = "one digit replaced, figures printed first"
    DIGIT_OF_COPY = "one digit replaced, copies of a total"
    DIGITS_SWAPPED = "two neighbouring digits swapped"
    STAR_TO_DIGIT = "star turned into 4 … 9"
    STAR_TO_NUMBER = "star turned into 10, 50, 100"
    FIGURE_TO_STAR = "figure turned into a star"
    ROWS_SWAPPED = "figures of two neighbouring rows swapped"
    ROW_DROPPED = "row dropped"
    ROW_DOUBLED = "row doubled"
    COLUMN_DROPPED = "column dropped, of one table or of all"
    PAGE_DROPPED = "page dropped"


@dataclass(frozen=True, slots=True)
class Mutant:
    """The sample with other lines in the place of those from index `start` to `end`."""

    kind: Kind
    start: int
    end: int
    lines: tuple[str, ...]
    figures: Mapping[Place, tuple[str, ...]]
    """Each figure of the sample that changes → its texts in the mutant: one, none if dropped, two if doubled."""

    @property
    def keeps_layout(self) -> bool:
        """Return whether every figure stands where it stood, so that only texts of cells differ."""
        return all(len(texts) == 1 for texts in self.figures.values())

    def content(self, sample: Sample) -> bytes:
        """Return the mutant as the bytes of a report file."""
        return sample.spliced(self.start, self.end, self.lines)
