"""The jobs of the worker processes: each has a warehouse of its own, one lot of reports at a time."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from benchmarks.building import PROJECT
from benchmarks.mutations.auditing import AuditWarehouse, Suspect
from benchmarks.mutations.landing import land_mutants
from benchmarks.mutations.mutant import Mutant
from benchmarks.mutations.naive_checks import Claim, NaiveAudit, claims_of
from benchmarks.mutations.sample import Sample
from loaders.landing import land
from warehouse.database import connect

SAMPLE = PROJECT / "reports" / "2024-04_oppfolging.txt"


@dataclass(frozen=True)
class MutantFindings:
    """What became of one lot of mutants, by their numbers."""

    rejected: frozenset[int]
    """By the loader."""
    alarmed: frozenset[int]
    suspects: Mapping[int, Suspect]
    localises: bool
    seconds: float
    """What `dbt run` took."""


@dataclass(frozen=True)
class CleanFindings:
    """What became of clean reports, of which the first is the sample."""

    reports: int
    alarmed: frozenset[str]
    """File names of those with an alarm, or with a suspect cell."""
    naive_alarms: Mapping[str, int]
    """How many reports each naive check raises an alarm on."""
    claims: Sequence[Claim]
    """Those of the sample."""


class Worker:
    """A warehouse, and the sample that mutants are made of."""

    def __init__(self, folder: Path) -> None:
        """Prepare a warehouse in `folder`."""
        self._warehouse = AuditWarehouse(folder)
        self._sample = Sample.read(SAMPLE)

    def audit_mutants(self, mutants: Mapping[int, Mutant]) -> MutantFindings:
        """Land mutants, each under a number, in an empty warehouse and audit them in one run."""
        self._warehouse.empty()
        with connect(self._warehouse.database, read_only=False) as connection:
            numbers, rejected = land_mutants(connection, self._sample, mutants)
        if not numbers:
            return MutantFindings(frozenset(rejected), frozenset(), {}, localises=True, seconds=0.0)
        found = self._warehouse.audit()
        return MutantFindings(
            frozenset(rejected),
            frozenset(numbers[report_id] for report_id in found.alarmed),
            {numbers[report_id]: suspect for report_id, suspect in found.suspects.items()},
            found.localises,
            found.seconds,
        )

    def audit_clean(self, editions: Mapping[str, bytes]) -> CleanFindings:
        """Land the sample and other clean reports, file name → text, and audit them in one run."""
        texts = [self._sample, *(Sample.of(content, name) for name, content in editions.items())]
        by_id = {text.report.report_id: text for text in texts}
        self._warehouse.empty()
        with connect(self._warehouse.database, read_only=False) as connection:
            land(connection, [text.report for text in texts])
        found = self._warehouse.audit()
        with connect(self._warehouse.database, read_only=True) as connection:
            claims = claims_of(connection, {report_id: text.copies for report_id, text in by_id.items()})
        alarms = [NaiveAudit(claims[report_id], text.figures).false_alarms for report_id, text in by_id.items()]
        return CleanFindings(
            len(texts),
            frozenset(by_id[report_id].report.file_name for report_id in found.alarmed | found.suspects.keys()),
            {check: sum(bool(alarm[check]) for alarm in alarms) for check in alarms[0]},
            claims[self._sample.report.report_id],
        )


_worker: Worker | None = None


def start(folder: Path) -> None:
    """Begin a worker process, with a folder of its own below `folder`.

    It prints nothing: DuckDB takes a process without a main file for a session at a console, and draws progress bars.
    """
    global _worker
    os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
    _worker = Worker(folder / f"worker_{os.getpid()}")


def audit_mutants(mutants: Mapping[int, Mutant]) -> MutantFindings:
    """Audit mutants in this worker process."""
    return _this().audit_mutants(mutants)


def audit_clean(editions: Mapping[str, bytes]) -> CleanFindings:
    """Audit the sample and other clean reports in this worker process."""
    return _this().audit_clean(editions)


def _this() -> Worker:
    if _worker is None:
        message = "this process was not begun by `start`"
        raise RuntimeError(message)
    return _worker
