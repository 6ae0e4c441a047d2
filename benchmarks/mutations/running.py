"""Every mutant of the sample before the audit, a thousand in each run, on all cores; and clean reports before them."""

from __future__ import annotations

import os
import random
import statistics
from collections.abc import Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor, as_completed
from dataclasses import dataclass
from multiprocessing import get_context
from pathlib import Path

from tqdm import tqdm

from benchmarks.mutations.counting import Tally
from benchmarks.mutations.making import all_mutants
from benchmarks.mutations.mutant import Kind, Mutant
from benchmarks.mutations.naive_checks import NaiveAudit
from benchmarks.mutations.sample import Sample
from benchmarks.mutations.workers import SAMPLE, CleanFindings, MutantFindings, audit_clean, audit_mutants, start
from tests.editions import Edition, Layout, history
from warehouse.errors import counted

LOT = 1_000
"""Mutants in one warehouse and one run of dbt; dbt itself takes as long as a hundred."""
CLEAN_EDITIONS = 100
_TIMED_LOTS = 3
"""Audited one after the other with nothing beside them, to be timed; the others on all cores."""
_MOST_WORKERS = 4
"""A lot of mutants takes about one and a half gigabytes of memory."""
_SEED = 2024


@dataclass(frozen=True)
class Cost:
    """Seconds of `dbt run` with one report and with a lot of them, nothing else running."""

    reports: int
    one: float
    lot: float

    @property
    def milliseconds(self) -> float:
        """What one more mutant costs."""
        return 1_000 * (self.lot - self.one) / max(self.reports - 1, 1)

    def __str__(self) -> str:
        """One line: the cost, and the times that it comes from."""
        return (
            f"one more mutant: {self.milliseconds:.1f} ms "
            f"({self.reports:,} in {self.lot:.2f} s, 1 in {self.one:.2f} s, one dbt run each)"
        )


@dataclass(frozen=True)
class MutationTesting:
    """All that was found."""

    share: float
    tally: Tally
    clean: CleanFindings
    sample_claims: int
    sample_alarms: dict[str, int]
    cost: Cost

    def __str__(self) -> str:
        """Tables and sentences for the console."""
        one_digit = self.tally.one_digit
        lines = [
            f"mutation testing of the rules on {SAMPLE.name}"
            + (f", a share of {self.share:g} of each kind" if self.share < 1 else ""),
            str(self.tally),
            f"one-digit errors: {_percent(one_digit.detected, one_digit.mutants)} detected, "
            + (
                f"{_percent(one_digit.right_cell, one_digit.mutants)} localised to the right cell"
                if self.tally.localises
                else "cells are not localised yet"
            ),
            f"clean reports with an alarm, of the sample and {counted(self.clean.reports - 1, 'generated edition')}: "
            + f"audit {len(self.clean.alarmed)}, "
            + ", ".join(f"{check}: {alarms}" for check, alarms in self.clean.naive_alarms.items()),
            f"claims that fail in the clean sample, of {self.sample_claims}, by naive check: "
            + ", ".join(f"{name}: {alarms}" for name, alarms in self.sample_alarms.items())
            + " (a naive check is said to detect a mutant where another claim fails)",
            str(self.cost),
        ]
        return "\n".join(lines)


def mutation_testing(folder: Path, share: float) -> MutationTesting:
    """Audit clean reports, then a share of the mutants of each kind, drawn the same way every time."""
    sample = Sample.read(SAMPLE)
    mutants = drawn(list(all_mutants(sample)), share)
    starts = range(0, len(mutants), LOT)
    lots = [dict(enumerate(mutants[first : first + LOT], start=first)) for first in starts]
    editions = {edition.file_name: edition.text.encode() for edition in clean_editions(share)}
    workers = min(os.cpu_count() or 1, _MOST_WORKERS, len(lots))
    tally = Tally(sample)
    with (
        ProcessPoolExecutor(workers, get_context("spawn"), start, (folder,)) as pool,
        tqdm(total=len(mutants), unit=" mutants", disable=None) as progress,
    ):
        clean = pool.submit(audit_clean, editions).result()
        naive = NaiveAudit(clean.claims, sample.figures)

        def count(lot: dict[int, Mutant], found: MutantFindings) -> None:
            tally.add(lot, found, {number: naive.detects(mutant) for number, mutant in lot.items()})
            progress.update(len(lot))

        singles, timed = [], []
        for lot in lots[:_TIMED_LOTS]:
            singles.append(_time_one(pool, lot))
            found = pool.submit(audit_mutants, lot).result()
            timed.append(found.seconds)
            count(lot, found)
        running: dict[Future[MutantFindings], dict[int, Mutant]] = {
            pool.submit(audit_mutants, lot): lot for lot in lots[_TIMED_LOTS:]
        }
        for future in as_completed(running):
            count(running[future], future.result())
    return MutationTesting(
        share,
        tally,
        clean,
        len(clean.claims),
        {check: len(alarms) for check, alarms in naive.false_alarms.items()},
        Cost(len(lots[0]), statistics.median(singles), statistics.median(timed)),
    )


def clean_editions(share: float) -> list[Edition]:
    """Return made-up editions without a mistake: all four sets of counties, tables cut anywhere by pages."""
    editions = history(2016, 1, CLEAN_EDITIONS, layout=Layout(cut_seed=_SEED))
    return random.Random(_SEED).sample(editions, max(1, round(share * len(editions))))  # noqa: S311


def drawn(mutants: Sequence[Mutant], share: float) -> list[Mutant]:
    """Return a share of the mutants of each kind, at least one of each, in an order that mixes the kinds.

    Mixed, every lot is alike and takes the same time.
    """
    generator = random.Random(_SEED)  # noqa: S311
    chosen = [mutant for kind in Kind for mutant in _some(generator, list(_of_kind(mutants, kind)), share)]
    generator.shuffle(chosen)
    return chosen


def _of_kind(mutants: Sequence[Mutant], kind: Kind) -> Iterator[Mutant]:
    return (mutant for mutant in mutants if mutant.kind is kind)


def _some(generator: random.Random, mutants: Sequence[Mutant], share: float) -> Sequence[Mutant]:
    return mutants if share >= 1 else generator.sample(mutants, min(len(mutants), max(1, round(share * len(mutants)))))


def _time_one(pool: ProcessPoolExecutor, lot: dict[int, Mutant]) -> float:
    """Return the seconds of a run with one mutant, of those in the lot that the loader takes."""
    number, mutant = next((number, mutant) for number, mutant in lot.items() if mutant.keeps_layout)
    return pool.submit(audit_mutants, {number: mutant}).result().seconds


def _percent(part: int, whole: int) -> str:
    return f"{100 * part / whole:.2f} %" if whole else "-"
