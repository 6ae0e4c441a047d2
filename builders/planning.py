"""Which reports are built together: those that share a month of whole years, and as many years as fit into a part.

Everything between editions joins on family and month, and `macros/scope.sql` compares months by whole years, so that
reports whose years do not touch are independent of each other.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from hashlib import sha256

_YEARS = 4096
"""More years than a period can name, as a power of two."""


@dataclass(frozen=True, slots=True)
class PlannedReport:
    """A report whose layout is sound, and where its file is."""

    path: str
    """Absolute, as workers find it."""
    name: str
    """The path as the user gave it, for messages."""
    report_id: str
    period_start: date
    """First day of its first month."""
    period_end: date
    """First day of its last month."""

    @property
    def file_name(self) -> str:
        """Return the name of its file, without folder."""
        return self.path.rpartition("/")[2]


@dataclass(frozen=True, slots=True)
class Part:
    """Reports that are built together, sorted by path; no other report has a month of their years."""

    reports: tuple[PlannedReport, ...]
    first_year: int
    last_year: int

    @property
    def years(self) -> str:
        """Return its years, for messages: 2015 or 2015–2018."""
        return str(self.first_year) if self.first_year == self.last_year else f"{self.first_year}–{self.last_year}"

    def key(self, state: str) -> str:
        """Return what names the part: it changes with every report, its file's name, and the state of the project."""
        lines = sorted(f"{report.report_id}\t{report.file_name}" for report in self.reports)
        return sha256("\n".join([state, *lines]).encode("utf-8", "surrogateescape")).hexdigest()[:16]


def plan(reports: Iterable[PlannedReport], reports_per_part: int) -> list[Part]:
    """Return the parts, the oldest first: the same for the same reports, in whatever order they come.

    Reports that share a year are never parted, so that a part may have more than `reports_per_part` reports, where one
    year has. Years are gathered in blocks whose length is a power of two and whose first year is a multiple of it: one
    report more changes the block that it falls into, and no other.
    """
    return list(_gathered(_components(_once_each(reports)), 0, _YEARS, reports_per_part))


def _once_each(reports: Iterable[PlannedReport]) -> list[PlannedReport]:
    """Return one report of each content: the one whose path is the first, as the loader takes it from a folder."""
    chosen: dict[str, PlannedReport] = {}
    for report in reports:
        known = chosen.setdefault(report.report_id, report)
        if report.path < known.path:
            chosen[report.report_id] = report
    return list(chosen.values())


def _components(reports: Sequence[PlannedReport]) -> list[Part]:
    """Return the smallest sets of reports that share no year with another, the oldest first."""
    components: list[tuple[list[PlannedReport], int, int]] = []
    for report in sorted(reports, key=lambda report: (report.period_start.year, report.period_end.year, report.path)):
        if components and report.period_start.year <= components[-1][2]:
            together, first, last = components[-1]
            together.append(report)
            components[-1] = (together, first, max(last, report.period_end.year))
        else:
            components.append(([report], report.period_start.year, report.period_end.year))
    return [_part(together, first, last) for together, first, last in components]


def _gathered(components: Sequence[Part], first_year: int, years: int, most: int) -> Iterable[Part]:
    """Yield parts of the components that begin within `years` years from `first_year` on."""
    if not components:
        return
    if len(components) == 1 or sum(len(component.reports) for component in components) <= most:
        reports = [report for component in components for report in component.reports]
        yield _part(reports, components[0].first_year, components[-1].last_year)
        return
    half = first_year + years // 2
    yield from _gathered([each for each in components if each.first_year < half], first_year, years // 2, most)
    yield from _gathered([each for each in components if each.first_year >= half], half, years // 2, most)


def _part(reports: Sequence[PlannedReport], first_year: int, last_year: int) -> Part:
    return Part(tuple(sorted(reports, key=lambda report: report.path)), first_year, last_year)
