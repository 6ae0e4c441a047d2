"""Whole rows, columns, titles and tables of the sample exchanged, shifted or damaged: what is detected and named."""

from __future__ import annotations

import random
import time
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

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

MOST_OF_A_KIND = 250
_SEED = 16
_Drawn = TypeVar("_Drawn", Change, Damage)
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
    seconds: float


@dataclass(frozen=True)
class ChangedReports:
    """All that was found."""

    rows: list[tuple[str, ...]]
    count: int
    seconds: float
    slowest: float

    def __str__(self) -> str:
        """Return a table by kind, and what it took."""
        return (
            f"changes and damages of whole rows, columns and tables of {SAMPLE.name}\n{table(self.rows)}\n"
            f"audit of these {self.count:,} in one dbt run: {self.seconds:.0f} s; "
            f"slowest of them in the exact layer: {self.slowest:.2f} s of processor time"
        )


def changed_reports(folder: Path, share: float) -> ChangedReports:
    """Audit a share of the changed samples in one run, and compare what is named with what was done."""
    warehouse = AuditWarehouse(folder / "changes")
    sample = Sample.read(SAMPLE)
    printed = _as_printed(warehouse, sample)
    changes = dict(enumerate(_drawn(printed.all_changes(), share)))
    damages = dict(enumerate(_drawn(all_damages(sample, printed), share), start=len(changes)))
    mutants = {number: mutant for number, change in changes.items() if (mutant := _mutant(sample, printed, change))}
    mutants |= {number: damage.mutant for number, damage in damages.items()}
    found = _audit(warehouse, sample, mutants)
    wrong = {number: printed.changed(changes[number]) for number in mutants.keys() & changes.keys()}
    wrong |= {number: printed.printing(damage.prints) for number, damage in damages.items() if damage.prints}
    known = {
        (change.kind, change.lines, change.columns): change
        for of_kind in printed.all_changes().values()
        for change in of_kind
    }
    kinds = {number: changes[number].kind if number in changes else damages[number].kind for number in mutants}
    rows: list[tuple[str, ...]] = [
        ("kind", "reports", "possible", "detected", "named alone: right", "lines that are wrong", "wrong")
    ]
    slowest = 0.0
    for kind in dict.fromkeys(kinds.values()):
        numbers = [number for number in mutants if kinds[number] == kind]
        possible = [number for number in numbers if number in wrong and _is_possible(wrong[number])]
        slowest = max([slowest, *(_seconds(wrong[number]) for number in numbers if number in wrong)])
        named = [number for number in numbers if number in found.named]
        right = [
            number
            for number in named
            if (undone := known.get(found.named[number])) and wrong[number].changed(undone).cells == printed.cells
        ]
        lines = [number for number in named if _are_wrong_lines(found.named[number], mutants[number])]
        counts = (numbers, possible, found.alarmed.intersection(numbers), right, lines)
        rows.append((kind, *(f"{len(count):,}" for count in counts), f"{len(named) - len(right) - len(lines):,}"))
    return ChangedReports(rows, len(mutants), found.seconds, slowest)


def _are_wrong_lines(named: tuple[str, tuple[int, ...], tuple[int, ...]], mutant: Mutant) -> bool:
    """Return whether lines are named as misread of which each prints another figure than the sample."""
    kind, lines, _ = named
    return kind == "lines_misread" and {place.line_number for place in mutant.figures}.issuperset(lines)


def _is_possible(report: PrintedReport) -> bool:
    return not _accused(report) and report.is_possible


def _accused(report: PrintedReport) -> set[int]:
    """Return the cells that print a number below the threshold."""
    return {cell for cell, (lower, upper) in report.cells.items() if lower == upper < THRESHOLD}


def _as_printed(warehouse: AuditWarehouse, sample: Sample) -> PrintedReport:
    warehouse.empty()
    with connect(warehouse.database, read_only=False) as connection:
        land(connection, [sample.report])
    warehouse.audit()
    return PrintedReport.read(warehouse.database)


def _drawn(all_of_kinds: Mapping[str, list[_Drawn]], share: float) -> list[_Drawn]:
    generator = random.Random(_SEED)  # noqa: S311
    return [
        one
        for _, of_kind in sorted(all_of_kinds.items())
        for one in generator.sample(of_kind, max(1, round(share * min(len(of_kind), MOST_OF_A_KIND))))
    ]


def _mutant(sample: Sample, printed: PrintedReport, change: Change) -> Mutant | None:
    """Return the sample with the change made to it; None where it prints the same."""
    places = {place.cell: Place(place.line, place.column) for place in printed.places}
    texts = {
        places[cell]: sample.figures[places[source]]
        for cell, source in change.print_of.items()
        if sample.figures[places[cell]] != sample.figures[places[source]]
    }
    return with_figures(sample, Kind.ROWS_SWAPPED, texts) if texts else None


def _audit(warehouse: AuditWarehouse, sample: Sample, mutants: Mapping[int, Mutant]) -> Found:
    warehouse.empty()
    # Two ways to change a report may give the same text, which is one report.
    unique = {mutant.content(sample): number for number, mutant in mutants.items()}
    with connect(warehouse.database, read_only=False) as connection:
        numbers, rejected = land_mutants(connection, sample, {number: mutants[number] for number in unique.values()})
    same = {number: unique[mutant.content(sample)] for number, mutant in mutants.items()}
    started = time.perf_counter()
    findings = warehouse.audit()
    seconds = time.perf_counter() - started
    with duckdb.connect(warehouse.database, read_only=True) as connection:
        named = {
            numbers[report_id]: (kind, tuple(lines), tuple(columns))
            for report_id, kind, lines, columns in connection.execute(_NAMED).fetchall()
        }
    alarmed = {numbers[report_id] for report_id in findings.alarmed} | set(rejected)
    return Found(
        frozenset(number for number in mutants if same[number] in alarmed),
        {number: named[same[number]] for number in mutants if same[number] in named},
        seconds,
    )


def _seconds(report: PrintedReport) -> float:
    started = time.process_time()
    judged(report.system, report.cells, report.places, _accused(report))
    return time.process_time() - started
