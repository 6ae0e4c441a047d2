"""Digits slipped in scattered figures of the sample: how many are named for certain, beside a rival's way to look."""

from __future__ import annotations

import os
import random
import sys
import time
from collections.abc import Iterator, Mapping
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from functools import partial
from multiprocessing import get_context
from pathlib import Path

from benchmarks.building import DBT, PROJECT, warehouse_environment
from benchmarks.localising.census_table import AGES, PLACES, census_table
from benchmarks.localising.rival import repairs
from benchmarks.mutations.workers import SAMPLE
from benchmarks.timing import run
from reasoning.budget import Budget
from reasoning.explaining import smallest_sets
from reasoning.judging import judged
from reasoning.rules import Interval
from tests.reasoning.printed_report import PrintedReport

SLIPS = {2: 200, 3: 200, 5: 200, 10: 200, 17: 100, 51: 40}
"""Slips in a report → reports."""
THRESHOLD = 4


@dataclass(frozen=True, slots=True)
class Outcome:
    """What was named of the slips of some reports."""

    slips: int
    noticed: int
    """Those that break a rule if all else is right; no reasoning on rules finds the others."""
    certain_alone: int
    """Those that are named for certain if all else is right."""
    certain: int
    """Named for certain, with an interval that holds what was printed before."""
    innocent: int
    """Figures named for certain that are right."""
    rival_right: int
    rival_wrong: int
    rival_right_with_all_rules: int
    rival_wrong_with_all_rules: int
    seconds: float
    """Of processor time that the slowest report took."""

    def __add__(self, other: Outcome) -> Outcome:
        """Return both together."""
        return Outcome(
            self.slips + other.slips,
            self.noticed + other.noticed,
            self.certain_alone + other.certain_alone,
            self.certain + other.certain,
            self.innocent + other.innocent,
            self.rival_right + other.rival_right,
            self.rival_wrong + other.rival_wrong,
            self.rival_right_with_all_rules + other.rival_right_with_all_rules,
            self.rival_wrong_with_all_rules + other.rival_wrong_with_all_rules,
            max(self.seconds, other.seconds),
        )


def scattered_slips(folder: Path, share: float) -> str:
    """Return a line for each number of slips. Reports are drawn the same way every time."""
    environment = warehouse_environment(folder / "slips" / "tiltak.duckdb", folder / "slips")
    run([sys.executable, "-m", "loaders", PROJECT / "reports"], PROJECT, **environment)
    run([DBT, "run"], PROJECT, **environment)
    sample = PrintedReport.read(folder / "slips" / "tiltak.duckdb")
    return "\n".join(
        [
            f"digits slipped in scattered figures of {SAMPLE.name}",
            *_lines(sample, share),
            f"the same in a table of {PLACES} places by sex by {AGES} ages, with all totals and without stars",
            *_lines(census_table(), share),
        ]
    )


def _lines(report: PrintedReport, share: float) -> Iterator[str]:
    yield (
        "slips  noticed by a rule  certain if alone  named for certain  innocents  "
        "rival, exact sums  wrong  rival, all rules  wrong  slowest"
    )
    with ProcessPoolExecutor(os.cpu_count(), get_context("spawn")) as pool:
        for count, reports in SLIPS.items():
            seeds = range(max(2, round(share * reports)))
            nothing = Outcome(0, 0, 0, 0, 0, 0, 0, 0, 0, 0.0)
            all_of_it = sum(pool.map(partial(_outcome, report, count), seeds, chunksize=5), nothing)
            yield _line(count, all_of_it)


def with_slips(report: PrintedReport, count: int, seed: int) -> dict[int, Interval]:
    """Return other prints for so many figures, one digit wrong in each; no figure gets a zero in front."""
    generator = random.Random(f"{count} {seed}")  # noqa: S311
    figures = [place for place in report.places if place.lower == place.upper]
    prints = {}
    for place in generator.sample(figures, count):
        text = str(place.lower)
        wrong = text
        while wrong == text or wrong.startswith("0"):
            index = generator.randrange(len(text))
            wrong = text[:index] + generator.choice("0123456789") + text[index + 1 :]
        prints[place.cell] = (int(wrong), int(wrong))
    return prints


def _outcome(report: PrintedReport, count: int, seed: int) -> Outcome:
    slips = with_slips(report, count, seed)
    wrong = report.printing(slips)
    started = time.process_time()
    _, sets = judged(wrong.system, wrong.cells, wrong.places, _accused(slips, report))
    certain = sets.certain
    seconds = time.process_time() - started
    right = sum(
        interval is None or interval[0] <= report.cells[cell][0] <= interval[1]
        for cell, interval in certain.items()
        if cell in slips
    )
    exact, all_rules = (repairs(wrong, is_exact=is_exact) for is_exact in (True, False))
    truth = {cell: report.cells[cell][0] for cell in slips if cell in report.cells}
    counted = [
        (sum(truth.get(cell) == number for cell, number in found.items()), len(found)) for found in (exact, all_rules)
    ]
    (right_exact, named_exact), (right_all, named_all) = counted
    innocent = len(certain.keys() - slips.keys())
    alone = [_named_alone(report, {cell: print_}) for cell, print_ in slips.items()]
    return Outcome(
        count,
        sum(is_noticed for is_noticed, _ in alone),
        sum(is_certain for _, is_certain in alone),
        right,
        innocent,
        right_exact,
        named_exact - right_exact,
        right_all,
        named_all - right_all,
        seconds,
    )


def _accused(slips: Mapping[int, Interval], report: PrintedReport) -> set[int]:
    return {cell for cell, (number, _) in slips.items() if number < THRESHOLD and cell in report.cells}


def _named_alone(report: PrintedReport, slip: Mapping[int, Interval]) -> tuple[bool, bool]:
    """Return whether a slip is noticed, and whether it is named for certain, if all else is right."""
    wrong = report.printing(slip)
    sets = smallest_sets(wrong.system, wrong.cells, _accused(slip, report), Budget())
    return bool(sets.explanations and sets.explanations[0].cells), sets.certain.keys() == slip.keys()


def _line(count: int, outcome: Outcome) -> str:
    def percent(part: int) -> str:
        return f"{100 * part / outcome.slips:.1f} %"

    return (
        f"{count:>5}  {percent(outcome.noticed):>17}  {percent(outcome.certain_alone):>16}  "
        f"{percent(outcome.certain):>17}  {outcome.innocent:>9}  {percent(outcome.rival_right):>17}  "
        f"{outcome.rival_wrong:>5}  {percent(outcome.rival_right_with_all_rules):>16}  "
        f"{outcome.rival_wrong_with_all_rules:>5}  {outcome.seconds:>5.2f} s"
    )
