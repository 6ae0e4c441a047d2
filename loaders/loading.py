"""Report files → the database, each on its own: one that is rejected does not stop the others."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path
from typing import NamedTuple

from loaders.landing import Landing
from loaders.parsing import parse_report
from loaders.reading import read_bytes
from warehouse.errors import RejectedReportError, WarehouseError
from warehouse.families import family_of
from warehouse.issues import Issued, undecided


class Accepted(NamedTuple):
    """A report whose layout is sound, and which is now loaded unless it was only checked."""

    path: Path
    report_id: str
    cell_count: int


@dataclass(slots=True)
class Outcome:
    """What became of the files of one run."""

    accepted: list[Accepted] = field(default_factory=list)
    already_loaded: list[tuple[Path, str]] = field(default_factory=list)
    """Files whose content was loaded before, in this run or an earlier one, and its report_id."""
    rejected: int = 0
    undecided: int = 0
    """Periods and families of which there are several reports, and no row says which of them counts."""


def load(files: Iterable[Path], database: Path, tell: Callable[[WarehouseError], None]) -> Outcome:
    """Land each file that holds a sound report of new content; `tell` gets each rejection as it happens.

    Raises DatabaseError if the database cannot be used; what was landed until then stays.
    """
    outcome = Outcome()
    with Landing(database) as landing:
        for path in files:
            try:
                content = read_bytes(path, str(path))
                report_id = landing.known_as(sha256(content).hexdigest())
                if report_id is None:
                    report = parse_report(content, str(path))
                    report_id = report.report_id
                    if landing.add(report):
                        outcome.accepted.append(Accepted(path, report_id, report.cell_count))
                        continue
                outcome.already_loaded.append((path, report_id))
            except RejectedReportError as error:
                outcome.rejected += 1
                tell(error)
        landing.finish()
        _tell_undecided(outcome, landing.reports_of_one_period(), tell)
    return outcome


def check(files: Iterable[Path], tell: Callable[[WarehouseError], None]) -> Outcome:
    """Read and parse each file, without any database; `tell` gets each rejection as it happens."""
    outcome = Outcome()
    reports: dict[str, Issued] = {}
    for path in files:
        try:
            report = parse_report(read_bytes(path, str(path)), str(path))
            family = family_of(report.labels)
            reports[report.report_id] = Issued(report.report_id, report.file_name, report.period, family)
            outcome.accepted.append(Accepted(path, report.report_id, report.cell_count))
        except RejectedReportError as error:
            outcome.rejected += 1
            tell(error)
    _tell_undecided(outcome, list(reports.values()), tell)
    return outcome


def _tell_undecided(outcome: Outcome, reports: list[Issued], tell: Callable[[WarehouseError], None]) -> None:
    for error in undecided(reports):
        outcome.undecided += 1
        tell(error)
