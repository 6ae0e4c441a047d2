"""Where the figures come from: publisher, licence, source, editions, when and by which version; how to cite them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

import duckdb

from publishers.tables import STATE
from warehouse import __version__
from warehouse.errors import Problem, counted, refused

TITLE = "Deltakere på arbeidsmarkedstiltak"
TITLE_EN = "People in labour-market measures"
NOT_STATED = "not stated"
"""What stands for a publisher, licence or source that no source names."""
STAR = (
    "A star in the report is a number below the report's threshold, zero included: the figure is empty, its bounds "
    "are 0 and the threshold less 1, and its text is that interval, such as 0–3. Nothing here says more of it than "
    "the report."
)

_REPORTS = """
select
    report_id, coalesce(family_name_en, family_code, ''), report_name_en, period_start, period_end, issue_number,
    publisher, licence, source_url, loaded_at
from main.reports
order by sort_order, report_id
"""
_STATES = f"select distinct project_fingerprint from {STATE} order by all"  # noqa: S608 - own names


@dataclass(frozen=True, slots=True)
class Licence:
    """A licence by the name that reports give it, and by those that formats want."""

    name: str
    url: str | None
    eu_url: str | None
    """The address in the European Union's list of licences, which DCAT-AP-NO asks for."""
    spdx_id: str | None


_LICENCES = {
    "CC BY 4.0": Licence(
        "CC BY 4.0",
        "https://creativecommons.org/licenses/by/4.0/",
        "http://publications.europa.eu/resource/authority/licence/CC_BY_4_0",
        "CC-BY-4.0",
    ),
    "NLOD 2.0": Licence(
        "NLOD 2.0",
        "https://data.norge.no/nlod/no/2.0",
        "http://publications.europa.eu/resource/authority/licence/NLOD_2_0",
        "NLOD-2.0",
    ),
}


@dataclass(frozen=True, slots=True)
class Edition:
    """A report whose figures are in the tables."""

    report_id: str
    family_name_en: str
    report_name_en: str
    period_start: date
    period_end: date
    issue_number: int

    def __str__(self) -> str:
        """Return it as a reader names it."""
        issue = f", issue {self.issue_number}" if self.issue_number > 1 else ""
        return f"{self.family_name_en}, {self.report_name_en}{issue}"


@dataclass(frozen=True, slots=True)
class Provenance:
    """Where the figures of a build come from, the same in every file."""

    editions: tuple[Edition, ...]
    publishers: tuple[str, ...]
    licences: tuple[Licence, ...]
    sources: tuple[str, ...]
    """Addresses at which the reports are published."""
    built_at: datetime
    """When the newest report was loaded, in UTC; the same for the same build."""
    version: str
    """Version of this project."""
    project_state: str
    """State of the project that the tables were made from; 64 hexadecimal digits."""

    @property
    def publisher(self) -> str:
        """Who published the reports."""
        return ", ".join(self.publishers) or NOT_STATED

    @property
    def licence(self) -> str:
        """The licence of the figures."""
        return ", ".join(licence.name for licence in self.licences) or NOT_STATED

    @property
    def source(self) -> str:
        """Where the reports are published."""
        return ", ".join(self.sources) or NOT_STATED

    @property
    def period_start(self) -> date:
        """First month, first day."""
        return min(edition.period_start for edition in self.editions)

    @property
    def period_end(self) -> date:
        """Last month, first day."""
        return max(edition.period_end for edition in self.editions)

    @property
    def edition(self) -> str:
        """The edition, or which ones there are."""
        if len(self.editions) == 1:
            return str(self.editions[0])
        return f"{counted(len(self.editions), 'report')}, {self.period_start:%Y-%m} to {self.period_end:%Y-%m}"

    @property
    def built_at_text(self) -> str:
        """When the newest report was loaded, as ISO 8601 in UTC, to the second."""
        return f"{self.built_at:%Y-%m-%dT%H:%M:%S}Z"

    @property
    def citation(self) -> str:
        """How to cite the figures."""
        return (
            f"{self.publisher}: {TITLE_EN} ({TITLE}). {self.edition}. Licence: {self.licence}. Tables by tiltak "
            f"{self.version}, from reports loaded by {self.built_at_text}. Source: {self.source}"
        )

    def as_texts(self) -> dict[str, str]:
        """Return it all as texts by name, for formats that keep such."""
        return {
            "publisher": self.publisher,
            "licence": self.licence,
            "source": self.source,
            "edition": self.edition,
            "built_at": self.built_at_text,
            "version": self.version,
            "project_state": self.project_state,
            "citation": self.citation,
        }


def provenance_of(build: duckdb.DuckDBPyConnection, place: Path) -> Provenance:
    """Return where the figures of a build come from; `place` names the build in messages.

    Raises duckdb.Error, or RefusedError where no report is in it.
    """
    rows = build.execute(_REPORTS).fetchall()
    if not rows:
        raise refused(str(place), Problem("no report", "one at least", "load one and run `make build`"))
    states = ", ".join(state for (state,) in build.execute(_STATES).fetchall())
    return Provenance(
        editions=tuple(Edition(*row[:6]) for row in rows),
        publishers=_distinct([row[6] for row in rows]),
        licences=tuple(_licence(name) for name in _distinct([row[7] for row in rows])),
        sources=_distinct([row[8] for row in rows]),
        built_at=max(row[9] for row in rows),
        version=__version__,
        project_state=states,
    )


def _licence(name: str) -> Licence:
    return _LICENCES.get(name, Licence(name, None, None, None))


def _distinct(names: list[str | None]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(name for name in names if name))
