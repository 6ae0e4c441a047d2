"""Whole rows, columns, titles and tables of the sample exchanged, shifted or damaged: what is detected and named."""

from __future__ import annotations

import os
import random
import time
from collections.abc import Iterator, Mapping
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from multiprocessing import get_context
from pathlib import Path

import duckdb

from benchmarks.localising.damages import Damage, all_damages
from benchmarks.localising.slips import THRESHOLD
from benchmarks.mutations.auditing import AuditWarehouse
from benchmarks.mutations.counting import table
from benchmarks.mutations.landing import land_mutants
from benchmarks.mutations.making import with_figures
from benchmarks.mutations.mutant import Kind, Mutant
from benchmarks.mutations.sample import Place, Sample
from benchmarks.mutations.workers import SAMPLE
from loaders.landing import land
from reasoning.changes import Change
from reasoning.judging import judged
from tests.reasoning.printed_report import PrintedReport
from warehouse.database import connect

REPORTS = 1_100
"""Drawn in turn from all kinds; the loader refuses fewer than a hundred, so that the audit sees a thousand."""
_SEED = 16
_NAMED = """
select report_id, any_value(change_kind), any_value(line_numbers), any_value(column_numbers)
from audit.suspect_changes group by report_id having count(*) = 1
"""


@dataclass(frozen=True)
class Found:
    """What one run of the audit said of the changed reports, by their numbers."""

    alarmed: frozenset[int]
    """Those with a violated rule, something missing, or that the loader rejects."""
    named: Mapping[int, tuple[str, tuple[int, ...], tuple[int, ...]]]
    """The kind, lines and columns of the change that is named alone."""
    audited: int
    """Reports that the loader takes."""
    seconds: float
    """What `dbt run` took."""
    processor_seconds: float
    """What it took of processor time, which other work on the machine prolongs less."""


@dataclass(frozen=True, slots=True)
class Judgement:
    """Whether all rules can hold in a report; if not, the seconds of processor time that it takes to say why."""

    is_possible: bool
    seconds: float


@dataclass(frozen=True)
class ChangedReports:
    """All that was found."""

    rows: list[tuple[str, ...]]
    audited: int
    """Reports that the loader takes."""
    seconds: float
    processor_seconds: float
    slowest: float

    def __str__(self) -> str:
        """Return a table by kind, and what it took."""
        return (
            f"changes and damages of whole rows, columns and tables of {SAMPLE.name}\n{table(self.rows)}\n"
            f"audit of the {self.audited:,} that the loader takes, in one dbt run: {self.seconds:.0f} s "
            f"({self.processor_seconds:.0f} s of processor time); "
            f"slowest of them in the exact layer: {self.slowest:.2f} s of processor time"
        )


def changed_reports(folder: Path, share: float) -> ChangedReports:
    """Audit changed samples in one run, and compare what is named with what was done."""
    warehouse = AuditWarehouse(folder / "changes")
    sample = Sample.read(SAMPLE)
    printed = _as_printed(warehouse, sample)
    exchanges = printed.all_changes()
    damages = dict(enumerate(drawn(sample, printed, exchanges, round(share * REPORTS))))
    found = _audit(warehouse, sample, {number: damage.mutant for number, damage in damages.items()})
    wrong = {number: printed.printing(damage.prints) for number, damage in damages.items() if damage.prints}
    with ProcessPoolExecutor(os.cpu_count(), get_context("spawn")) as pool:
        judgements = dict(zip(wrong, pool.map(_judgement, wrong.values(), chunksize=5), strict=True))
    known = {
        (change.kind, change.lines, change.columns): change for of_kind in exchanges.values() for change in of_kind
    }
    rows: list[tuple[str, ...]] = [
        ("kind", "reports", "possible", "detected", "named alone: right", "lines that are wrong", "wrong")
    ]
    for kind in dict.fromkeys(damage.kind for damage in damages.values()):
        numbers = [number for number, damage in damages.items() if damage.kind == kind]
        possible = [number for number in numbers if number in judgements and judgements[number].is_possible]
        named = [number for number in numbers if number in found.named]
        right = [
            number
            for number in named
            if (undone := known.get(found.named[number])) and wrong[number].changed(undone).cells == printed.cells
        ]
        lines = [number for number in named if _are_wrong_lines(found.named[number], damages[number].mutant)]
        counts = (numbers, possible, found.alarmed.intersection(numbers), right, lines)
        rows.append((kind, *(f"{len(count):,}" for count in counts), f"{len(named) - len(right) - len(lines):,}"))
    slowest = max(judgement.seconds for judgement in judgements.values())
    return ChangedReports(rows, found.audited, found.seconds, found.processor_seconds, slowest)


def _are_wrong_lines(named: tuple[str, tuple[int, ...], tuple[int, ...]], mutant: Mutant) -> bool:
    """Return whether lines are named as misread of which each prints another figure than the sample."""
    kind, lines, _ = named
    return kind == "lines_misread" and {place.line_number for place in mutant.figures}.issuperset(lines)


def _as_printed(warehouse: AuditWarehouse, sample: Sample) -> PrintedReport:
    warehouse.empty()
    with connect(warehouse.database, read_only=False) as connection:
        land(connection, [sample.report])
    warehouse.audit()
    return PrintedReport.read(warehouse.database)


def drawn(
    sample: Sample, printed: PrintedReport, exchanges: Mapping[str, list[Change]], count: int
) -> Iterator[Damage]:
    """Yield so many exchanges and damages, one of each kind in turn, the same ones every time and no text twice."""
    generator = random.Random(_SEED)  # noqa: S311
    kinds = [_exchanged(sample, printed, generator.sample(of_kind, len(of_kind))) for of_kind in exchanges.values()]
    kinds += [iter(generator.sample(of_kind, len(of_kind))) for of_kind in all_damages(sample, printed).values()]
    seen: set[bytes] = set()
    while kinds and len(seen) < count:
        for of_kind in list(kinds):
            damage = next((damage for damage in of_kind if damage.mutant.content(sample) not in seen), None)
            if damage is None:
                kinds.remove(of_kind)
            elif len(seen) < count:
                seen.add(damage.mutant.content(sample))
                yield damage


def _exchanged(sample: Sample, printed: PrintedReport, changes: list[Change]) -> Iterator[Damage]:
    """Yield the sample with each change made to it that prints something else."""
    places = {place.cell: Place(place.line, place.column) for place in printed.places}
    prints = {place.cell: (place.lower, place.upper) for place in printed.places}
    for change in changes:
        texts = {
            places[cell]: sample.figures[places[source]]
            for cell, source in change.print_of.items()
            if sample.figures[places[cell]] != sample.figures[places[source]]
        }
        if texts:
            mutant = with_figures(sample, Kind.ROWS_SWAPPED, texts)
            yield Damage(change.kind, mutant, {cell: prints[source] for cell, source in change.print_of.items()})


def _audit(warehouse: AuditWarehouse, sample: Sample, mutants: Mapping[int, Mutant]) -> Found:
    warehouse.empty()
    with connect(warehouse.database, read_only=False) as connection:
        numbers, rejected = land_mutants(connection, sample, mutants)
    started = time.process_time()
    findings = warehouse.audit()
    processor_seconds = time.process_time() - started
    with duckdb.connect(warehouse.database, read_only=True) as connection:
        named = {
            numbers[report_id]: (kind, tuple(lines), tuple(columns))
            for report_id, kind, lines, columns in connection.execute(_NAMED).fetchall()
        }
    alarmed = {numbers[report_id] for report_id in findings.alarmed}
    return Found(frozenset(alarmed.union(rejected)), named, len(numbers), findings.seconds, processor_seconds)


def _judgement(report: PrintedReport) -> Judgement:
    accused = {cell for cell, (lower, upper) in report.cells.items() if lower == upper < THRESHOLD}
    if not accused and report.is_possible:
        return Judgement(is_possible=True, seconds=0.0)
    started = time.process_time()
    judged(report.system, report.cells, report.places, accused)
    return Judgement(is_possible=False, seconds=time.process_time() - started)
