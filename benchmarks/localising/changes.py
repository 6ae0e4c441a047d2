"""Whole rows, columns, titles and tables of the sample exchanged or shifted: what is detected, and what is named."""

from __future__ import annotations

import random
import time
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import duckdb

from benchmarks.mutations.auditing import AuditWarehouse
from benchmarks.mutations.counting import table
from benchmarks.mutations.landing import land_mutants
from benchmarks.mutations.making import with_figures
from benchmarks.mutations.mutant import Kind, Mutant
from benchmarks.mutations.sample import Place, Sample
from benchmarks.mutations.workers import SAMPLE
from loaders.landing import land
from reasoning.budget import STEPS_BESIDE_A_CHANGE, Budget
from reasoning.changes import Change
from reasoning.explaining import smallest_sets
from tests.reasoning.printed_report import PrintedReport
from warehouse.database import connect

MOST_OF_A_KIND = 250
_SEED = 16
_NAMED = """
select report_id, any_value(change_kind), any_value(line_numbers), any_value(column_numbers)
from audit.suspect_changes group by report_id having count(*) = 1
"""


@dataclass(frozen=True)
class Found:
    """What one run of the audit said of the changed reports, by their numbers."""

    alarmed: frozenset[int]
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
            f"changes of whole rows, columns and tables of {SAMPLE.name}\n{table(self.rows)}\n"
            f"audit of these {self.count:,} in one dbt run: {self.seconds:.0f} s; "
            f"slowest of them in the exact layer: {self.slowest:.2f} s of processor time"
        )


def changed_reports(folder: Path, share: float) -> ChangedReports:
    """Audit a share of the changed samples in one run, and compare what is named with what was done."""
    warehouse = AuditWarehouse(folder / "changes")
    sample = Sample.read(SAMPLE)
    printed = _as_printed(warehouse, sample)
    changes = dict(enumerate(_drawn(printed, share)))
    mutants = {number: _mutant(sample, printed, change) for number, change in changes.items()}
    found = _audit(warehouse, sample, {number: mutant for number, mutant in mutants.items() if mutant})
    known = {
        (change.kind, change.lines, change.columns): change
        for of_kind in printed.all_changes().values()
        for change in of_kind
    }
    rows: list[tuple[str, ...]] = [("kind", "reports", "possible", "detected", "named alone, right", "wrong")]
    slowest = 0.0
    for kind in dict.fromkeys(change.kind for change in changes.values()):
        numbers = [number for number, change in changes.items() if change.kind == kind and mutants[number]]
        wrong = {number: printed.changed(changes[number]) for number in numbers}
        possible = [number for number in numbers if wrong[number].is_possible]
        slowest = max(slowest, *(_seconds(report) for number, report in wrong.items() if number not in possible))
        named = [number for number in numbers if number in found.named]
        right = [
            number
            for number in named
            if (undone := known.get(found.named[number])) and wrong[number].changed(undone).cells == printed.cells
        ]
        counts = (numbers, possible, found.alarmed.intersection(numbers), right)
        rows.append((kind, *(f"{len(count):,}" for count in counts), f"{len(named) - len(right):,}"))
    return ChangedReports(rows, len(changes), found.seconds, slowest)


def _as_printed(warehouse: AuditWarehouse, sample: Sample) -> PrintedReport:
    warehouse.empty()
    with connect(warehouse.database, read_only=False) as connection:
        land(connection, [sample.report])
    warehouse.audit()
    return PrintedReport.read(warehouse.database)


def _drawn(printed: PrintedReport, share: float) -> list[Change]:
    generator = random.Random(_SEED)  # noqa: S311
    return [
        change
        for _, changes in sorted(printed.all_changes().items())
        for change in generator.sample(changes, max(1, round(share * min(len(changes), MOST_OF_A_KIND))))
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
        numbers, _ = land_mutants(connection, sample, {number: mutants[number] for number in unique.values()})
    same = {number: unique[mutant.content(sample)] for number, mutant in mutants.items()}
    started = time.perf_counter()
    findings = warehouse.audit()
    seconds = time.perf_counter() - started
    with duckdb.connect(warehouse.database, read_only=True) as connection:
        named = {
            numbers[report_id]: (kind, tuple(lines), tuple(columns))
            for report_id, kind, lines, columns in connection.execute(_NAMED).fetchall()
        }
    alarmed = {numbers[report_id] for report_id in findings.alarmed}
    return Found(
        frozenset(number for number in mutants if same[number] in alarmed),
        {number: named[same[number]] for number in mutants if same[number] in named},
        seconds,
    )


def _seconds(report: PrintedReport) -> float:
    started = time.process_time()
    budget = Budget(STEPS_BESIDE_A_CHANGE) if report.mended() else Budget()
    smallest_sets(report.system, report.cells, set(), budget)
    return time.process_time() - started
