"""What stands on the pages about the figures: editions, stars, sources and breaks."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise

from publishers.site.lines import LineChart
from publishers.site.parts import SMALL, Parts, Values
from publishers.site.statistics import Edition, Figure, Series, Statistics
from publishers.site.tiles import TILES
from publishers.site.wording import Wording, lines_of, link, spaced

_REVISIONS_SHOWN = 300
"""Revisions on an edition's page; all are in `audit.revisions`."""
_PARTS = frozenset(
    {
        "suppressed_cells", "proven_checks", "possible_checks", "violated_checks", "missing_checks",
        "cells_confirmed_by_two_rules",
    }
)  # fmt: skip
"""Columns of a proof that are a part of the one above them."""
_OF_SCANS = frozenset(
    {"cells_proven_by_rules", "cells_allowed_by_rules", "cells_confirmed_by_a_person", "illegible_cells"}
)
"""Columns of a proof that are left out where they are 0, as they are but for scans."""


@dataclass(frozen=True, slots=True)
class AboutPages:
    """The values of these pages in one language."""

    statistics: Statistics
    wording: Wording
    parts: Parts

    def editions(self) -> Values:
        """Return the list of editions, newest first."""
        columns = ("printed_cells", "suppressed_cells", "checks", "proven_checks", "possible_checks")
        return {
            "rows": [
                {
                    "edition": edition,
                    "name": self.wording.edition(edition),
                    "numbers": [spaced(dict(edition.proof).get(column, 0)) for column in columns],
                }
                for edition in reversed(self.statistics.editions)
            ]
        }

    def edition(self, edition: Edition) -> Values:
        """Return the page of an edition: where it comes from, what its arithmetic proves, and what it revised."""
        revisions = self.statistics.revisions.get(edition.report_id, ())
        shown = revisions[:_REVISIONS_SHOWN]
        return {
            "edition": edition,
            "title": self.wording.say("edition_title", edition=self.wording.edition(edition)),
            "period": f"{self.wording.month(edition.period_start)} – {self.wording.month(edition.period_end)}",
            "superseded_by": edition.superseded_by,
            "proof": [
                (self.wording.say(column), spaced(number), column in _PARTS)
                for column, number in edition.proof
                if number or column not in _OF_SCANS
            ],
            "rules": [
                {
                    "claim": self.wording.name(rule.claim),
                    "proven": spaced(rule.proven),
                    "possible": spaced(rule.possible),
                }
                for rule in self.statistics.rules.get(edition.report_id, ())
            ],
            "newest_month": self.wording.month(edition.period_end),
            "totals": [
                {
                    "name": self.wording.total(total),
                    "address": total.addresses[0],
                    "text": total.text,
                    "lines": lines_of(total),
                }
                for total in self.statistics.printed_totals.get(edition.report_id, ())
            ],
            "revision_count": len(revisions),
            "revisions_shown": len(shown),
            "revisions": [
                {
                    "what": self.parts.joined(revision.what),
                    "month": self.wording.month(revision.month),
                    "figures": [
                        (revision.old_text, revision.old_address),
                        (revision.new_text, revision.new_address),
                    ],
                }
                for revision in shown
            ],
        }

    def stars(self) -> Values:
        """Return the page on stars, with an example."""
        edition = self.statistics.newest_edition
        example = self._example()
        values: Values = {"star": edition.star, "threshold": edition.threshold, "example": None}
        if example is not None:
            county = self.wording.name(example.category.name)
            name = self.wording.name(example.measure.name)
            values["example"] = {
                "name": name,
                "county": county,
                "page": self.statistics.counties[example.category.code].page,
                "chart": LineChart(self.wording, f"{name}, {county}", example.figures[-12:], SMALL + 20).draw(),
                "figures": [
                    {"month": self.wording.month(figure.month), "link": link(figure)}
                    for figure in example.figures[-12:]
                ],
            }
        return values

    def sources(self) -> Values:
        """Return the page on sources and breaks."""
        edition = self.statistics.newest_edition
        sources = sorted(
            {
                (each.publisher, each.licence or "", each.source_url or "")
                for each in self.statistics.editions
                if each.publisher
            }
        )
        first = next(iter(self.statistics.totals.values()), None)
        return {
            "sources": sources,
            "cite": self.wording.say(
                "cite_text",
                publisher=edition.publisher or edition.file_name,
                family=self.wording.name(edition.family_name),
                edition=self.wording.edition(edition),
                line=first.newest.line_number if first else 1,
            ),
            "breaks": [
                {
                    "month": self.wording.month(cut.month),
                    "concerns": self.parts.joined(cut.concerned) or self.wording.say("all_figures"),
                    "reason": self.wording.name(cut.reason),
                    "sources": cut.source.split("; "),
                }
                for cut in self.statistics.breaks
            ],
            "renamings": [
                self.wording.say(
                    "renamed",
                    old=self.wording.name(renaming.old),
                    new=self.wording.name(renaming.new),
                    month=self.wording.month(renaming.month),
                )
                for renaming in self.statistics.renamings
            ],
        }

    def _example(self) -> Series | None:
        """Return a series of a county that has both stars and small figures in the last twelve months."""

        def crossings(series: Series) -> int:
            figures = series.figures[-12:]
            return sum(one.is_suppressed != other.is_suppressed for one, other in pairwise(figures))

        every = [series for of_measure in self.statistics.broken_down["county"].values() for series in of_measure]
        on_map = [series for series in every if series.category.code in TILES]
        # The smaller the figures, the better a band of stars is seen beside them.
        example = max(on_map, key=lambda series: (crossings(series) > 0, -_largest(series.figures[-12:])), default=None)
        return example if example is not None and crossings(example) else None


def _largest(figures: Iterable[Figure]) -> int:
    return max(figure.upper for figure in figures)
