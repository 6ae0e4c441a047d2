"""What stands on the pages of figures, as the values of their templates: the overview, measures, counties."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from markupsafe import Markup

from publishers.site.charts import bar_chart, county_map, map_step, tile_map
from publishers.site.downloads import Downloads
from publishers.site.lines import LineChart
from publishers.site.parts import Parts, Values, figure_at, months_before
from publishers.site.scales import color_class
from publishers.site.statistics import (
    BREAKDOWNS,
    County,
    Series,
    Statistics,
)
from publishers.site.texts import TEXTS
from publishers.site.tiles import TILES
from publishers.site.wording import Wording, link, spaced


@dataclass(frozen=True, slots=True)
class Change:
    """How a figure differs from that of the month `month`."""

    said: str
    month: str


@dataclass(frozen=True, slots=True)
class Pages:
    """The values of these pages in one language."""

    statistics: Statistics
    wording: Wording
    parts: Parts
    downloads: Downloads

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
            "downloads": self.downloads.of_all(self.wording),
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
                    for before in (figure_at(total, months_before(newest.month, back)) for back in (1, 12))
                    if before is not None
                ],
            },
            "months": {
                "chart": LineChart(self.wording, name, total.figures).draw(),
                "notes": self.parts.notes("none", [total]),
                "table": self.parts.table(
                    self.wording.say("by_month", name=name), self.wording.say("measure"), [(name, None, total)]
                ),
            },
            "sections": sections,
            "downloads": self.downloads.of_measure(self.wording, code, [section["code"] for section in sections]),
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
            "cards": [self.parts.card(series, self.wording.name(series.measure.name)) for series in of_county],
            "notes": self.parts.notes("county", of_county),
            "table": self.parts.table(self.wording.say("by_month", name=name), self.wording.say("measure"), rows),
        }

    def _family(self, all_series: list[Series]) -> Values:
        first = all_series[0].measure
        latest = self.statistics.latest_months[first.family_code]
        current = [series for series in all_series if series.newest.month == latest]
        month_before, year_before = months_before(latest, 1), months_before(latest, 12)
        has_year_before = any(figure_at(series, year_before) for series in current)
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
            "total": self._total(sum(known), current) if len(known) == len(current) else None,
            "cards": [self.parts.card(series, self.wording.name(series.measure.name)) for series in current],
            "notes": self.parts.notes("none", current),
            "changes": [
                {
                    "page": series.measure.page,
                    "name": self.wording.name(series.measure.name),
                    "figure": link(series.newest),
                    "before": link(figure_at(series, month_before)),
                    "since_month": self.wording.change(series.newest, figure_at(series, month_before)),
                    "year_before": link(figure_at(series, year_before)),
                    "since_year": self.wording.change(series.newest, figure_at(series, year_before)),
                }
                for series in current
            ],
            "table": self.parts.table(
                self.wording.say("by_month", name=name),
                self.wording.say("measure"),
                [(self.wording.name(series.measure.name), series.measure.page, series) for series in all_series],
            ),
            "former": [
                self.parts.card(series, self.wording.name(series.measure.name))
                for series in all_series
                if series not in current
            ],
        }

    def _total(self, total: int, of_measures: Sequence[Series]) -> Markup:
        """Return the sum of measures, linked to the line that states it where a report does."""
        text = spaced(total)
        for report_id in {series.newest.report_id for series in of_measures}:
            for printed in self.statistics.printed_totals.get(report_id, ()):
                if printed.measure is None and printed.participant_group is None and printed.text == text:
                    return Markup('<a href="{}">{}</a>').format(printed.addresses[0], text)
        return Markup(text)  # noqa: S704 - a number

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
            "notes": self.parts.notes(breakdown, of_measure),
            "table": self.parts.table(self.wording.say("by_month", name=name), name, rows),
        }
        if breakdown == "participant_group":
            cards = [self.parts.card(series, self.wording.name(series.category.name)) for series in current]
            return section | {"kind": "lines", "cards": cards}
        if not is_map:
            return section | {"kind": "bars", "chart": bar_chart(self.wording, chart_name, current, month)}
        on_map = [series for series in current if series.category.code in TILES]
        step = map_step(on_map)
        classes = 1 + max(color_class(series.newest.value or 0, step) for series in on_map)
        return section | {
            "kind": "map",
            "chart": tile_map(self.wording, chart_name, on_map, month),
            "legend": [f"{spaced(number * step + 1)}–{spaced((number + 1) * step)}" for number in range(classes)],
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
