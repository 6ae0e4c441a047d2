"""Figures of the sample made illegible: how many the rules and readings restore, and none may be restored wrongly."""

from __future__ import annotations

import os
import random
import sys
from collections.abc import Iterator, Mapping
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, fields
from functools import partial
from multiprocessing import get_context
from pathlib import Path

from benchmarks.building import DBT, PROJECT, warehouse_environment
from benchmarks.localising.slips import THRESHOLD, with_slips
from benchmarks.mutations.workers import SAMPLE
from benchmarks.timing import run
from reasoning.judging import judged
from reasoning.legibility import STAR, Illegible, settled
from reasoning.opening import OPEN
from reasoning.rules import Interval
from tests.reasoning.printed_report import PrintedReport

_SHARES = (0.01, 0.02, 0.05, 0.1)
_WRONG = (1, 3, 5)
_SHARE_BESIDE_WRONG = 0.02
_DRAWS = 200
_RIGHT, _MISREAD, _UNKNOWN = 0.45, 0.4, 0.1
"""How often a reader reads a figure rightly, with one sign wrong, or with one that it cannot tell; else nothing."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of the illegible figures of some reports, and of figures that are wrong twice alike."""

    illegible: int = 0
    left_one: int = 0
    """Those that the rules alone leave one figure."""
    proven: int = 0
    allowed: int = 0
    restored_wrongly: int = 0
    wrong: int = 0
    """Figures read twice alike and wrong."""
    unsure: int = 0
    """Those of them that the rules accuse."""

    def __add__(self, other: Outcome) -> Outcome:
        """Return both together."""
        return Outcome(*(getattr(self, field.name) + getattr(other, field.name) for field in fields(self)))


def restored_figures(folder: Path, share: float) -> str:
    """Return a line for each share of illegible figures, and for each number of wrong ones beside them."""
    environment = warehouse_environment(folder / "restoring" / "tiltak.duckdb", folder / "restoring")
    run([sys.executable, "-m", "loaders", PROJECT / "reports"], PROJECT, **environment)
    run([DBT, "run"], PROJECT, **environment)
    sample = PrintedReport.read(folder / "restoring" / "tiltak.duckdb")
    draws = max(2, round(share * _DRAWS))
    return "\n".join([f"figures of {SAMPLE.name} illegible, {draws} draws each", *_lines(sample, draws)])


def _lines(sample: PrintedReport, draws: int) -> Iterator[str]:
    yield "illegible  left one by rules  proven  allowed  restored wrongly  wrong twice alike  lose sureness"
    cases = [*((part, 0) for part in _SHARES), *((_SHARE_BESIDE_WRONG, wrong) for wrong in _WRONG)]
    with ProcessPoolExecutor(os.cpu_count(), get_context("spawn")) as pool:
        for part, wrong in cases:
            outcomes = pool.map(partial(_outcome, sample, part, wrong), range(draws), chunksize=5)
            yield _line(part, wrong, sum(outcomes, Outcome()))


def _outcome(sample: PrintedReport, part: float, wrong: int, seed: int) -> Outcome:
    generator = random.Random(f"{part} {wrong} {seed}")  # noqa: S311
    slips = with_slips(sample, wrong, seed) if wrong else {}
    places = [place for place in sample.places if place.cell not in slips]
    texts = {
        place.cell: str(place.lower) if place.lower == place.upper else STAR
        for place in generator.sample(places, round(part * len(sample.places)))
    }
    illegible = {cell: Illegible(_readings(text, generator), THRESHOLD) for cell, text in texts.items()}
    scanned = sample.printing({**slips, **dict.fromkeys(illegible, OPEN)})
    accused: set[int] = set()
    if slips:
        below = {cell for cell, (number, _) in slips.items() if number < THRESHOLD}
        _, sets = judged(scanned.system, scanned.cells, scanned.places, below)
        accused = {cell for explanation in sets.explanations for cell in explanation.cells} | set(sets.certain)
    found = settled(scanned.system, scanned.cells, illegible, accused)
    restored = {cell: figure for cell, figure in found.items() if figure.state != "open"}
    return Outcome(
        illegible=len(texts),
        left_one=sum(figure.lower == figure.upper or figure.upper < THRESHOLD for figure in found.values()),
        proven=sum(figure.state == "proven" for figure in found.values()),
        allowed=sum(figure.state == "allowed" for figure in found.values()),
        restored_wrongly=sum(
            (figure.lower, figure.upper) != _interval(texts[cell]) for cell, figure in restored.items()
        ),
        wrong=len(slips),
        unsure=len(accused & slips.keys()),
    )


def _interval(text: str) -> Interval:
    return (0, THRESHOLD - 1) if text == STAR else (int(text), int(text))


def _readings(text: str, generator: random.Random) -> tuple[str, ...]:
    """Return what three readers read, no two of them alike: else the figure would be sure."""
    while True:
        readings = tuple(_reading(text, generator) for _ in range(3))
        told = [reading for reading in readings if reading]
        if len(set(told)) == len(told):
            return readings


def _reading(text: str, generator: random.Random) -> str:
    chance = generator.random()
    if chance < _RIGHT:
        return text
    place = generator.randrange(len(text))
    if chance < _RIGHT + _MISREAD:
        other = generator.choice([sign for sign in "0123456789" if sign != text[place]])
        return text[:place] + other + text[place + 1 :]
    return text[:place] + "?" + text[place + 1 :] if chance < _RIGHT + _MISREAD + _UNKNOWN else ""


def _line(part: float, wrong: int, outcome: Outcome) -> str:
    def percent(some: int, of: int) -> str:
        return f"{100 * some / of:.1f} %" if of else "–"

    counts: Mapping[str, int] = {name: getattr(outcome, name) for name in ("left_one", "proven", "allowed")}
    left_one, proven, allowed = (percent(count, outcome.illegible) for count in counts.values())
    return (
        f"{part:>9.0%}  {left_one:>17}  {proven:>6}  {allowed:>7}  {outcome.restored_wrongly:>16}  "
        f"{f'{wrong} a report':>17}  {percent(outcome.unsure, outcome.wrong):>13}"
    )
