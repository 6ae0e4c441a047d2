"""How far what is read of a file is what the file prints."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, fields
from difflib import SequenceMatcher
from statistics import median
from typing import NamedTuple

from tests.loaders.printed_tables import Row
from warehouse.figures import is_figure, plain_spaces

OPEN = "?"
"""For a figure of which a reader says that it cannot read it for certain."""


class Printed(NamedTuple):
    """What a file prints: rows in reading order, and the header of each table that is to be read."""

    rows: Sequence[Row]
    header: Sequence[str]
    """The same above all tables."""


class Read(NamedTuple):
    """What is read of a file."""

    rows: Sequence[Row]
    headers: Sequence[Sequence[str]]
    seconds: float


class Refused(NamedTuple):
    """A file of which nothing is taken, and the first reason that is given."""

    reason: str
    seconds: float


@dataclass(frozen=True, slots=True)
class Score:
    """What became of files, and of the figures, labels and headers that they print."""

    files: int = 0
    exact_files: int = 0
    """All figures, labels and headers are read as they are printed, and nothing else."""
    refused_files: int = 0
    cells: int = 0
    exact: int = 0
    refused: int = 0
    open: int = 0
    """Not read for certain, or read as what is no figure."""
    lost: int = 0
    """In rows that are not read."""
    wrong: int = 0
    """Read as another figure, or read where nothing is printed."""
    labels: int = 0
    exact_labels: int = 0
    """Of the rows that are read."""
    headers: int = 0
    exact_headers: int = 0
    seconds: tuple[float, ...] = ()
    """Of processor time, for each file."""

    def __add__(self, other: Score) -> Score:
        """Return both together."""
        return Score(*(getattr(self, field.name) + getattr(other, field.name) for field in fields(Score)))

    @property
    def is_clean(self) -> bool:
        """Return whether no figure is read wrong."""
        return not self.wrong

    def line(self) -> str:
        """Return what is worth telling, in one line."""
        parts = [
            f"{self.exact_files} of {self.files} files exact",
            *([f"{self.refused_files} refused"] if self.refused_files else []),
            f"figures {_percent(self.exact, self.cells)} exact",
            *(
                f"{_percent(count, self.cells)} {name}"
                for count, name in ((self.refused, "refused"), (self.open, "open"), (self.lost, "lost"))
                if count
            ),
            f"{self.wrong:,} of {self.cells:,} wrong",
            f"labels {_percent(self.exact_labels, self.labels)}",
            *([f"headers {_percent(self.exact_headers, self.headers)}"] if self.headers else []),
            f"{median(self.seconds):.2f} s a file, at most {max(self.seconds):.2f} s",
        ]
        return "; ".join(parts)


def score(printed: Printed, outcome: Read | Refused, *, in_order: bool = True) -> Score:
    """Return how far what is read of one file is what it prints. Spaces within figures do not count.

    Without `in_order`, rows that are read whole count wherever they stand, as where tables beside each other are read
    line by line.
    """
    cells = sum(len(figures) for _, figures in printed.rows)
    if isinstance(outcome, Refused):
        return Score(files=1, refused_files=1, cells=cells, refused=cells, seconds=(outcome.seconds,))
    printed_rows, read_rows = _bare(printed.rows), _bare(outcome.rows)
    pairs: list[tuple[Row | None, Row | None]] = []
    if not in_order:
        common = Counter(printed_rows) & Counter(read_rows)
        pairs += [(row, row) for row in common.elements()]
        printed_rows, read_rows = _without(printed_rows, common), _without(read_rows, common)
    pairs += _paired(printed_rows, read_rows)
    read_pairs = [(one, other) for one, other in pairs if one and other]
    lost = sum(len(one[1]) for one, other in pairs if one and not other)
    invented = sum(len(other[1]) for one, other in pairs if other and not one)
    exact = is_open = wrong = 0
    for one, other in read_pairs:
        for place, figure in enumerate(one[1]):
            seen = other[1][place] if place < len(other[1]) else ""
            exact += seen == figure
            is_wrong = seen != figure and is_figure(seen)
            wrong += is_wrong
            is_open += seen != figure and not is_wrong
        wrong += max(len(other[1]) - len(one[1]), 0)
    exact_labels = sum(one[0] == other[0] for one, other in read_pairs)
    exact_headers = sum(tuple(header) == tuple(printed.header) for header in outcome.headers)
    made = Score(
        files=1,
        cells=cells,
        exact=exact,
        open=is_open,
        lost=lost,
        wrong=wrong + invented,
        labels=len(read_pairs),
        exact_labels=exact_labels,
        headers=len(outcome.headers),
        exact_headers=exact_headers,
        seconds=(outcome.seconds,),
    )
    is_whole = exact == cells and not made.wrong and exact_labels == len(pairs) and exact_headers == made.headers
    return made + Score(exact_files=int(is_whole))


def _bare(rows: Sequence[Row]) -> list[Row]:
    """Return rows without spaces in figures, with plain ones in labels."""
    return [
        (
            " ".join(plain_spaces(label).split()),
            tuple("".join(plain_spaces(figure).split()).replace("∗", "*") for figure in figures),
        )
        for label, figures in rows
    ]


def _without(rows: Sequence[Row], taken: Counter[Row]) -> list[Row]:
    left = Counter(taken)
    kept: list[Row] = []
    for row in rows:
        if left[row]:
            left[row] -= 1
        else:
            kept.append(row)
    return kept


def _paired(printed: Sequence[Row], read: Sequence[Row]) -> Iterator[tuple[Row | None, Row | None]]:
    """Pair printed rows with those that are read, in their order; None where there is no other."""
    if len(printed) == len(read):
        yield from zip(printed, read, strict=True)
        return
    matcher = SequenceMatcher(None, [row[1] for row in printed], [row[1] for row in read], autojunk=False)
    for tag, start, end, read_start, read_end in matcher.get_opcodes():
        some, others = printed[start:end], read[read_start:read_end]
        yield from zip(some, others, strict=True) if tag == "equal" else _aligned(some, others)


def _aligned(printed: Sequence[Row], read: Sequence[Row]) -> Iterator[tuple[Row | None, Row | None]]:
    """Pair rows so that those that are paired have most in common."""
    # The best likeness of all rows from these on.
    best = [[0.0] * (len(read) + 1) for _ in range(len(printed) + 1)]
    for place in range(len(printed) - 1, -1, -1):
        for other in range(len(read) - 1, -1, -1):
            likeness = _likeness(printed[place], read[other])
            best[place][other] = max(
                best[place + 1][other],
                best[place][other + 1],
                best[place + 1][other + 1] + likeness,
            )
    place = other = 0
    while place < len(printed) or other < len(read):
        if place < len(printed) and best[place][other] == best[place + 1][other]:
            yield printed[place], None
            place += 1
        elif other < len(read) and best[place][other] == best[place][other + 1]:
            yield None, read[other]
            other += 1
        else:
            yield printed[place], read[other]
            place, other = place + 1, other + 1


def _likeness(printed: Row, read: Row) -> float:
    same = sum(one == other for one, other in zip(printed[1], read[1], strict=False))
    return same + SequenceMatcher(None, printed[0], read[0], autojunk=False).ratio()


def _percent(count: int, whole: int) -> str:
    """Return a share that is 100 or 0 only where it is all or none."""
    if not whole:
        return "–"
    share = 100 * count / whole
    rounded = min(share, 99.99) if count < whole else share
    return f"{max(rounded, 0.01) if count else 0:.2f} %"
