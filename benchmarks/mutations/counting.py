"""What the audit, and naive checks beside it, found of each kind of mutant: counted, and printed as a table."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from benchmarks.mutations.auditing import Suspect
from benchmarks.mutations.mutant import Kind, Mutant
from benchmarks.mutations.naive_checks import NAIVE_CHECKS
from benchmarks.mutations.sample import Place, Sample, value_of
from benchmarks.mutations.workers import MutantFindings

ONE_DIGIT = "one digit replaced, all printed figures"
_HEADINGS = ("mutants", "detected", "by loader", "one cell", "right cell", "wrong cell")


@dataclass
class Counts:
    """Numbers of mutants of one kind."""

    mutants: int = 0
    detected: int = 0
    """The loader rejects it, or a check of the audit is violated or misses something."""
    rejected: int = 0
    """Detected by the loader."""
    one_cell: int = 0
    """The audit names a single cell that alone explains everything."""
    right_cell: int = 0
    """That cell is one that the mutant changed, and the proposal leaves room for what the sample prints there."""
    wrong_cell: int = 0
    """That cell is another one."""
    naive: Counter[str] = field(default_factory=Counter)

    def __add__(self, other: Counts) -> Counts:
        """Return the numbers of both together."""
        return Counts(
            self.mutants + other.mutants,
            self.detected + other.detected,
            self.rejected + other.rejected,
            self.one_cell + other.one_cell,
            self.right_cell + other.right_cell,
            self.wrong_cell + other.wrong_cell,
            self.naive + other.naive,
        )


class Tally:
    """Counts of all kinds, to which one lot of mutants after the other is added."""

    def __init__(self, sample: Sample) -> None:
        """Start with nothing counted."""
        self.by_kind: dict[Kind, Counts] = {}
        self.localises = True
        self._sample = sample

    def add(
        self,
        mutants: Mapping[int, Mutant],
        found: MutantFindings,
        naive: Mapping[int, Mapping[str, bool]],
    ) -> None:
        """Count one lot: mutants by number, and what the audit and the naive checks found of each."""
        self.localises = self.localises and found.localises
        for number, mutant in mutants.items():
            counts = self.by_kind.setdefault(mutant.kind, Counts())
            counts.mutants += 1
            counts.rejected += number in found.rejected
            counts.detected += number in found.rejected or number in found.alarmed
            counts.naive.update(check for check, detects in naive[number].items() if detects)
            if suspect := found.suspects.get(number):
                is_changed = mutant.keeps_layout and _place(suspect) in mutant.figures
                counts.one_cell += 1
                counts.wrong_cell += not is_changed
                counts.right_cell += is_changed and self._allows_the_truth(suspect)

    def _allows_the_truth(self, suspect: Suspect) -> bool:
        """Return whether the proposal leaves room for what the sample prints; a star is any number below."""
        value = value_of(self._sample.figures[_place(suspect)])
        if value is None:
            return suspect.allows(0, self._sample.report.suppression_threshold - 1)
        return suspect.allows(value, value)

    def __str__(self) -> str:
        """One line per kind; what the project cannot do yet is a dash."""
        checks = [check.name for check in NAIVE_CHECKS]
        lines = [("kind", *_HEADINGS, *checks)]
        for kind, counts in self._rows():
            cells = (
                [f"{counts.one_cell:,}", f"{counts.right_cell:,}", f"{counts.wrong_cell:,}"]
                if self.localises
                else ["-"] * 3
            )
            found = (f"{number:,}" for number in (counts.mutants, counts.detected, counts.rejected))
            lines.append((kind, *found, *cells, *(f"{counts.naive[check]:,}" for check in checks)))
        return table(lines)

    def _rows(self) -> Iterable[tuple[str, Counts]]:
        """Yield kinds in the order of `Kind`; after the two kinds of one digit, both together."""
        for kind in Kind:
            if kind in self.by_kind:
                yield kind, self.by_kind[kind]
            if kind is Kind.DIGIT_OF_COPY and (one_digit := self.one_digit).mutants:
                yield ONE_DIGIT, one_digit

    @property
    def one_digit(self) -> Counts:
        """One-digit errors of all printed figures."""
        nothing = Counts()
        return self.by_kind.get(Kind.DIGIT, nothing) + self.by_kind.get(Kind.DIGIT_OF_COPY, nothing)


def _place(suspect: Suspect) -> Place:
    return Place(suspect.line_number, suspect.column_number)


def table(lines: list[tuple[str, ...]]) -> str:
    """Return lines as text in columns, the first of them words, the others numbers."""
    widths = [max(map(len, column)) for column in zip(*lines, strict=True)]
    return "\n".join(
        "  ".join([line[0].ljust(widths[0]), *map(str.rjust, line[1:], widths[1:])]).rstrip() for line in lines
    )
