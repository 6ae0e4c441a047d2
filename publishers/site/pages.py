"""What stands on each page: the values that its template is filled with."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

from markupsafe import Markup

from publishers.site.charts import LineChart, bar_chart, county_map, map_step, tile_map
from publishers.site.scales import color_class
from publishers.site.statistics import (
    BREAKDOWNS,
    County,
    Edition,
    Figure,
    Series,
    Statistics,
)
from publishers.site.texts import TEXTS, Text
from publishers.site.tiles import TILES
from publishers.site.wording import Wording, link

Values = dict[str, object]
"""What a template names."""

_REVISIONS_SHOWN = 300
"""Revisions on an edition's page; all are in `audit.revisions`."""
_PARTS = frozenset(
    {
        "suppressed_cells", "proven_checks", "possible_checks", "violated_checks", "missing_checks",
        "cells_confirmed_by_two_rules",
    }
)  # fmt: skip
"""Columns of a proof that are a part of the one above them."""
_SMALL = 120
"""Pixels that a small chart is high."""


@dataclass(frozen=True, slots=True)
class TableRow:
    """A row of a table of months: a name, the page it leads to, and its cells."""

    name: str
    page: str | None
    cells: Markup


@dataclass(frozen=True, slots=True)
class MonthTable:
    """The figures of several series by month, newest first."""

    caption: str
    heading: str
    months: Sequence[date]
    rows: Sequence[TableRow]


@dataclass(frozen=True, slots=True)
class Notes:
    """What is said below a chart: what a star is, if there is one, and each break."""

    star: str | None
    breaks: Sequence[str]


@dataclass(frozen=True, slots=True)
class Change:
    """How a figure differs from that of the month `month`."""

    said: str
    month: str


@dataclass(frozen=True, slots=True)
class Card:
    """A small chart with its newest figure."""

    name: str
    page: str
    figure: Markup
    month: str
    chart: Markup


@dataclass(frozen=True, slots=True)
class Pages:
    """The values of all pages in one language."""

    statistics: Statistics
    wording: Wording
    cells: dict[tuple[int, tuple[date, ...]], Markup]
    """Rows of cells that were made already: they are the same in both languages."""

    def index(self) -> Values:
        """Return the overview: a chart per measure, and what changed, family by family."""
        families: dict[str, list[Series]] = {}
        for series in self.statistics.totals.values():
            families.setdefault(series.measure.family_code, []).append(series)
        current = [county for county in self.statistics.counties.values() if county.is_current]
        former = [county for county in self.statistics.counties.values() if not county.is_current]
        return {
            "families": [self._family(all_series) for all_series in families.values()],
            "county_map": county_map(self.wording, current),
            "counties": current,
            "former_counties": former,
        }

    def measure(self, code: str) -> Values:
        """Return the page of a measure."""
        total = self.statistics.totals[code]
        name = self.wording.name(total.measure.name)
        sections = [
            self._section(breakdown, of_measure)
            for breakdown in BREAKDOWNS
            if (of_measure := self.statistics.broken_down[breakdown].get(code))
        ]
        newest = total.newest
        return {
            "measure_name": name,
            "family_name": self.wording.name(total.measure.family_name),
            "headline": {
                "figure": link(newest),
                "month": self.wording.month(newest.month),
                "changes": [
                    Change(self.wording.change(newest, before), self.wording.month(before.month))
                    for before in (_at(total, _months_before(newest.month, back)) for back in (1, 12))
                    if before is not None
                ],
            },
            "months": {
                "chart": LineChart(self.wording, name, total.figures).draw(),
                "notes": self._notes("none", [total]),
                "table": self._table(
                    self.wording.say("by_month", name=name), self.wording.say("measure"), [(name, None, total)]
                ),
            },
            "sections": sections,
        }

    def county(self, county: County) -> Values:
        """Return the page of a county: a chart per measure, and all months in a table."""
        code = county.category.code
        of_county = [
            series
            for measure_code in self.statistics.totals
            for series in self.statistics.broken_down["county"].get(measure_code, ())
            if series.category.code == code
        ]
        name = self.wording.name(county.category.name)
        rows = [(self.wording.name(series.measure.name), series.measure.page, series) for series in of_county]
        return {
            "county_name": name,
            "is_current": county.is_current,
            "cards": [self._card(series, self.wording.name(series.measure.name)) for series in of_county],
            "notes": self._notes("county", of_county),
            "table": self._table(self.wording.say("by_month", name=name), self.wording.say("measure"), rows),
        }

    def editions(self) -> Values:
        """Return the list of editions, newest first."""
        columns = ("printed_cells", "suppressed_cells", "checks", "proven_checks", "possible_checks")
        return {
            "rows": [
                {
                    "edition": edition,
                    "name": self.edition_name(edition),
                    "numbers": [_spaced(dict(edition.proof).get(column, 0)) for column in columns],
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
            "title": self.wording.say("edition_title", edition=self.edition_name(edition)),
            "period": f"{self.wording.month(edition.period_start)} – {self.wording.month(edition.period_end)}",
            "superseded_by": edition.superseded_by,
            "proof": [
                (self.wording.say(column), _spaced(number), column in _PARTS) for column, number in edition.proof
            ],
            "rules": [
                {
                    "claim": self.wording.name(rule.claim),
                    "proven": _spaced(rule.proven),
                    "possible": _spaced(rule.possible),
                }
                for rule in self.statistics.rules.get(edition.report_id, ())
            ],
            "revision_count": len(revisions),
            "revisions_shown": len(shown),
            "revisions": [
                {
                    "what": self._joined(revision.what),
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
                "chart": LineChart(self.wording, f"{name}, {county}", example.figures[-12:], _SMALL + 20).draw(),
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
                edition=self.edition_name(edition),
                line=first.newest.line_number if first else 1,
            ),
            "breaks": [
                {
                    "month": self.wording.month(cut.month),
                    "concerns": self._joined(cut.concerned) or self.wording.say("all_figures"),
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

    def edition_name(self, edition: Edition) -> str:
        """Return the name of an edition, with its issue where there was another one."""
        name = self.wording.name(edition.name)
        if self.wording.language == "nb":
            # NAV writes it as a title; within a Norwegian sentence a month begins with a small letter.
            name = name[:1].lower() + name[1:]
        if edition.issue_number == 1 and edition.superseded_by is None:
            return name
        return f"{name}, {self.wording.say('issue', number=edition.issue_number)}"

    def _family(self, all_series: list[Series]) -> Values:
        first = all_series[0].measure
        latest = self.statistics.latest_months[first.family_code]
        current = [series for series in all_series if series.newest.month == latest]
        month_before, year_before = _months_before(latest, 1), _months_before(latest, 12)
        has_year_before = any(_at(series, year_before) for series in current)
        name = self.wording.name(first.family_name)
        known = [series.newest.value for series in current if series.newest.value is not None]
        return {
            "code": first.family_code,
            "name": name,
            "name_within": name[:1].lower() + name[1:],
            "month": self.wording.month(latest),
            "month_before": self.wording.month(month_before),
            "year_before": self.wording.month(year_before) if has_year_before else None,
            # A total beside a star would give the star away.
            "total": _spaced(sum(known)) if len(known) == len(current) else None,
            "cards": [self._card(series, self.wording.name(series.measure.name)) for series in current],
            "notes": self._notes("none", current),
            "changes": [
                {
                    "page": series.measure.page,
                    "name": self.wording.name(series.measure.name),
                    "figure": link(series.newest),
                    "before": link(_at(series, month_before)),
                    "since_month": self.wording.change(series.newest, _at(series, month_before)),
                    "year_before": link(_at(series, year_before)),
                    "since_year": self.wording.change(series.newest, _at(series, year_before)),
                }
                for series in current
            ],
            "table": self._table(
                self.wording.say("by_month", name=name),
                self.wording.say("measure"),
                [(self.wording.name(series.measure.name), series.measure.page, series) for series in all_series],
            ),
            "former": [
                self._card(series, self.wording.name(series.measure.name))
                for series in all_series
                if series not in current
            ],
        }

    def _card(self, series: Series, name: str) -> Card:
        return Card(
            name,
            series.measure.page,
            link(series.newest),
            self.wording.month(series.newest.month),
            LineChart(self.wording, name, series.figures, _SMALL, is_small=True).draw(),
        )

    def _section(self, breakdown: str, of_measure: Sequence[Series]) -> Values:
        month = max(series.newest.month for series in of_measure)
        # What has ended, such as counties of before, comes last.
        of_measure = sorted(of_measure, key=lambda series: series.newest.month < month)
        current = [series for series in of_measure if series.newest.month == month]
        measure = of_measure[0].measure
        name = self.wording.say(breakdown)
        chart_name = f"{self.wording.name(measure.name)}, {name[:1].lower() + name[1:]}"
        is_map = breakdown == "county" and any(series.category.code in TILES for series in current)
        pages = (
            {code: county.page for code, county in self.statistics.counties.items()} if breakdown == "county" else {}
        )
        rows = [
            (self.wording.name(series.category.name), pages.get(series.category.code), series) for series in of_measure
        ]
        section: Values = {
            "code": breakdown,
            "name": name,
            "month": self.wording.month(month),
            "note": self._section_note(breakdown, current),
            "notes": self._notes(breakdown, of_measure),
            "table": self._table(self.wording.say("by_month", name=name), name, rows),
        }
        if breakdown == "participant_group":
            cards = [self._card(series, self.wording.name(series.category.name)) for series in current]
            return section | {"kind": "lines", "cards": cards}
        if not is_map:
            return section | {"kind": "bars", "chart": bar_chart(self.wording, chart_name, current, month)}
        on_map = [series for series in current if series.category.code in TILES]
        step = map_step(on_map)
        classes = 1 + max(color_class(series.newest.value or 0, step) for series in on_map)
        return section | {
            "kind": "map",
            "chart": tile_map(self.wording, chart_name, on_map, month),
            "legend": [f"{_spaced(number * step + 1)}–{_spaced((number + 1) * step)}" for number in range(classes)],
            "beside_map": [
                {"name": self.wording.name(series.category.name), "figure": link(series.newest)}
                for series in current
                if series not in on_map
            ],
        }

    def _section_note(self, breakdown: str, current: Sequence[Series]) -> str:
        if breakdown != "age_group":
            key = f"{breakdown}_note"
            return self.wording.say(key) if key in TEXTS else ""
        groups = [
            self.statistics.age_groups[series.category.code]
            for series in current
            if series.category.code in self.statistics.age_groups
        ]
        widths = sorted({group.years for group in groups if not group.is_open_ended})
        years = f" {self.wording.say('or')} ".join(str(width) for width in widths)
        return self.wording.say("age_group_note", years=years, open=sum(group.is_open_ended for group in groups))

    def _table(self, caption: str, heading: str, rows: Sequence[tuple[str, str | None, Series]]) -> MonthTable:
        of_rows = {figure.month for _, _, series in rows for figure in series.figures}
        months = tuple(sorted(of_rows, reverse=True))
        return MonthTable(
            caption,
            heading,
            months,
            [TableRow(name, page, self._cells(series, months)) for name, page, series in rows],
        )

    def _cells(self, series: Series, months: tuple[date, ...]) -> Markup:
        key = (id(series), months)
        if key not in self.cells:
            self.cells[key] = _cells(series, months)
        return self.cells[key]

    def _notes(self, breakdown: str, all_series: Sequence[Series]) -> Notes:
        star = next(
            (figure.text for series in all_series for figure in reversed(series.figures) if figure.is_suppressed), None
        )
        breaks = []
        for cut in self.statistics.breaks:
            concerned = [
                self.wording.name(series.category.name)
                for series in all_series
                if cut.concerns(breakdown, series) and series.figures[0].month < cut.month <= series.newest.month
            ]
            if concerned:
                reason = self.wording.name(cut.reason)
                name = f"{concerned[0]}. {reason}" if breakdown != "none" else reason
                breaks.append(self.wording.say("break_note", month=self.wording.month(cut.month), name=name))
        return Notes(star, breaks)

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

    def _joined(self, names: Iterable[Text]) -> str:
        return ", ".join(self.wording.name(name) for name in names)


def _cells(series: Series, months: Iterable[date]) -> Markup:
    """Return the cells of a row, newest month first; a line stands where a break parts a month from the older."""
    by_month = {figure.month: figure for figure in series.figures}
    cells = []
    newer: Figure | None = None
    for month in months:
        figure = by_month.get(month)
        is_cut = figure and newer and figure.comparable_series != newer.comparable_series
        cells.append(f"<td{' class=break' if is_cut else ''}>{link(figure)}</td>")
        newer = figure or newer
    return Markup("".join(cells))  # noqa: S704 - made of links


def _largest(figures: Iterable[Figure]) -> int:
    return max(figure.upper for figure in figures)


def _at(series: Series, month: date) -> Figure | None:
    return next((figure for figure in reversed(series.figures) if figure.month == month), None)


def _months_before(month: date, back: int) -> date:
    index = month.year * 12 + month.month - 1 - back
    return date(index // 12, index % 12 + 1, 1)


def _spaced(number: int) -> str:
    """Return a number with its thousands apart, as the readers' tables print it."""
    return f"{number:,}".replace(",", "\u00a0")
