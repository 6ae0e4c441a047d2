"""Files with known contents, read by the loader and by others."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from benchmarks.doors.loader import read_by_loader
from benchmarks.doors.peers import Peer
from benchmarks.doors.scores import Printed, Refused, Score, score
from warehouse.errors import counted


@dataclass(frozen=True, slots=True)
class Case:
    """A file, and what it prints."""

    name: str
    content: bytes
    logical: Printed
    """As the loader gives it: the average, then the months in their order."""
    shown: Printed
    """As it is printed from left to right."""


def compared(title: str, cases: Sequence[Case], peers: Sequence[Peer]) -> Iterator[str]:
    """Return the lines on some files: what the loader reads, which it does not read whole, what each peer reads."""
    yield f"{title}: {counted(len(cases), 'file')}"
    total = Score()
    others: list[str] = []
    for case in cases:
        outcome = read_by_loader(case.content, "report")
        made = score(case.logical, outcome)
        total += made
        if isinstance(outcome, Refused):
            others.append(f"    refused: {case.name}: {outcome.reason}")
        elif not made.exact_files:
            others.append(f"    not exact: {case.name}: {made.line()}")
    yield f"  this loader: {total.line()}"
    yield from others
    for peer in peers:
        if peer.is_installed:
            yield f"  {peer.name}: {sum((peer.best(case.content, case.shown) for case in cases), Score()).line()}"
        else:
            yield f"  {peer.name}: not installed"
