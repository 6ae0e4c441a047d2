"""Draw months as a line, categories as bars, counties as tiles; a suppressed figure is hatched in each."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from markupsafe import Markup

from publishers.site.scales import color_class, round_step, ticks
from publishers.site.statistics import County, Figure, Series
from publishers.site.svg import element, linked, percent
from publishers.site.tiles import TILE, TILES, TILES_ACROSS, TILES_DOWN, label_lines
from publishers.site.wording import Wording

_LEFT, _RIGHT = 3.0, 97.0
"""Per cent of a line chart's width between which months stand."""
_TOP, _BOTTOM = 26, 24
"""Pixels above and below the plot of a line chart."""
_THINNEST_BAND = 9
"""Pixels that a band has at least: to scale, 0–3 would not be seen beside hundreds."""
_LABELLED_MONTHS = 6
"""Months that each have a label below the axis; of more, the first and the last, and Januaries between."""
_LINE = 13
"""Height of a line of text in a tile."""
_ROW_HEIGHT = 46
"""Pixels that a bar takes with its name and number above it."""
_NARROWEST_BAR = 5.0
"""Per cent of the width that a hatched bar has."""


@dataclass(frozen=True, slots=True)
class LineChart:
    """A chart of one series of figures; a small one has no axis of numbers."""

    wording: Wording
    name: str
    figures: Sequence[Figure]
    height: int = 220
    is_small: bool = False

    def draw(self) -> Markup:
        """Return it as SVG."""
        label = self.wording.say(
            "line_chart",
            name=self.name,
            first=self.wording.month(self.figures[0].month),
            last=self.wording.month(self.figures[-1].month),
        )
        return element(
            "svg",
            *([] if self.is_small else self._scale()),
            element("line", class_="base", x1="0", x2="100%", y1=self._y(0), y2=self._y(0)),
            *self._bands(),
            *self._segments(),
            *self._gaps(),
            *self._points(),
            *self._values(),
            *self._months(),
            class_="line",
            width="100%",
            height=self.height,
            role="img",
            aria_label=label,
        )

    def _x(self, month: date) -> float:
        first, last = _index(self.figures[0].month), _index(self.figures[-1].month)
        if first == last:
            return 50.0
        return _LEFT + (_RIGHT - _LEFT) * (_index(month) - first) / (last - first)

    def _half_month(self) -> float:
        months = _index(self.figures[-1].month) - _index(self.figures[0].month)
        return (_RIGHT - _LEFT) / max(months, 1) / 2

    def _ticks(self) -> list[int]:
        return ticks(max(figure.upper for figure in self.figures))

    def _y(self, value: float) -> float:
        plot = self.height - _TOP - _BOTTOM
        return _TOP + plot * (1 - value / self._ticks()[-1])

    def _scale(self) -> list[Markup]:
        parts = []
        for tick in self._ticks():
            y = self._y(tick)
            parts.append(element("line", class_="grid", x1="0", x2="100%", y1=y, y2=y))
            text = f"{tick:,}".replace(",", "\u00a0")
            parts.append(element("text", text, class_="scale", x="0", y=y - 4))
        return parts

    def _bands(self) -> list[Markup]:
        """A hatched band from 0 to the largest number that it can be, over each month with a star."""
        parts = []
        half = self._half_month()
        for position, figure in enumerate(self.figures):
            if not figure.is_suppressed:
                continue
            left, right = max(self._x(figure.month) - half, 0), min(self._x(figure.month) + half, 100)
            top = min(self._y(figure.upper), self._y(0) - _THINNEST_BAND)
            band = element(
                "rect", x=percent(left), width=percent(right - left), y=top, height=self._y(0) - top, class_="band"
            )
            parts.append(linked(None, self.wording.point(self.name, figure), band))
            if position == 0 or not self.figures[position - 1].is_suppressed:
                parts.append(self._text(figure.text, figure.month, top - 5, "value"))
        return parts

    def _pairs(self) -> list[tuple[Figure, Figure]]:
        return list(zip(self.figures, self.figures[1:], strict=False))

    def _segments(self) -> list[Markup]:
        """A line from a month to the next one, where both are known and can be compared."""
        return [
            element(
                "line",
                class_="series",
                x1=percent(self._x(one.month)),
                y1=self._y(one.value),
                x2=percent(self._x(other.month)),
                y2=self._y(other.value),
            )
            for one, other in self._pairs()
            if one.value is not None
            and other.value is not None
            and one.comparable_series == other.comparable_series
            and _index(other.month) - _index(one.month) == 1
        ]

    def _gaps(self) -> list[Markup]:
        parts = []
        for one, other in self._pairs():
            if one.comparable_series != other.comparable_series:
                x = (self._x(one.month) + self._x(other.month)) / 2
                parts.append(
                    element("line", class_="break", x1=percent(x), x2=percent(x), y1=_TOP - 12, y2=self._y(0))
                )
                said = self.wording.say("break")
                parts.append(element("text", said, class_="break", x=percent(x), y=_TOP - 15, text_anchor="middle"))
        return parts

    def _points(self) -> list[Markup]:
        radius = 3 if len(self.figures) <= 36 else 1.5
        return [
            linked(
                None,
                self.wording.point(self.name, figure),
                element("circle", cx=percent(self._x(figure.month)), cy=self._y(figure.value), r=radius),
            )
            for figure in self.figures
            if figure.value is not None
        ]

    def _values(self) -> list[Markup]:
        """The first and the last figure, printed beside their points."""
        ends = {0: self.figures[0], len(self.figures) - 1: self.figures[-1]}
        return [
            self._text(figure.text, figure.month, self._y(figure.value) - 9, "value")
            for figure in ends.values()
            if figure.value is not None
        ]

    def _months(self) -> list[Markup]:
        months = [figure.month for figure in self.figures]
        if len(months) <= _LABELLED_MONTHS and not self.is_small:
            labelled = {month: self.wording.short_month(month) for month in months}
        else:
            labelled = {month: self.wording.short_month(month) for month in (months[0], months[-1])}
        y = self.height - 6
        return [self._text(text, month, y, "month") for month, text in labelled.items()]

    def _text(self, text: str, month: date, y: float, kind: str) -> Markup:
        x = self._x(month)
        anchor = "start" if x < 12 else "end" if x > 88 else "middle"
        return element("text", text, class_=kind, x=percent(min(max(x, 0.5), 99.5)), y=y, text_anchor=anchor)


def bar_chart(wording: Wording, name: str, all_series: Sequence[Series], month: date) -> Markup:
    """Return the figures of one month as bars, one below the other, each below its name and number."""
    figures = [(wording.name(series.category.name), series.newest) for series in all_series]
    largest = max(figure.upper for _, figure in figures)
    rows = []
    for position, (category, figure) in enumerate(figures):
        top = position * _ROW_HEIGHT
        if figure.is_suppressed:
            bar = element("rect", class_="hatched", x="0", y=top + 22, width=percent(_NARROWEST_BAR), height=14)
        else:
            width = 100 * (figure.value or 0) / largest
            bar = element("rect", class_="bar", x="0", y=top + 22, width=percent(width), height=14)
        rows.append(
            linked(
                figure.address,
                wording.point(category, figure),
                element("text", category, x="0", y=top + 15),
                element("text", figure.text, class_="value", x="100%", y=top + 15, text_anchor="end"),
                element("line", class_="grid", x1="0", x2="100%", y1=top + 36, y2=top + 36),
                bar,
            )
        )
    label = wording.say("bar_chart", name=name, month=wording.month(month))
    height = len(figures) * _ROW_HEIGHT
    return element("svg", *rows, class_="bars", width="100%", height=height, role="group", aria_label=label)


def tile_map(wording: Wording, name: str, all_series: Sequence[Series], month: date) -> Markup:
    """Return the figures of one month as a map with a tile per county; see `tiles.TILES`."""
    placed = [series for series in all_series if series.category.code in TILES]
    step = map_step(placed)

    tiles = []
    for series in placed:
        figure, county = series.newest, wording.name(series.category.name)
        kind = "hatched" if figure.value is None else f"class{color_class(figure.value, step)}"
        tile = _tile(series.category.code, county, kind, figure.text)
        tiles.append(linked(figure.address, wording.point(county, figure), tile))
    return _map(tiles, wording.say("tile_map", name=name, month=wording.month(month)))


def county_map(wording: Wording, counties: Sequence[County]) -> Markup:
    """Return the counties as a map to choose from, each tile a link to the county's page."""
    tiles = []
    for county in counties:
        if county.category.code in TILES:
            name = wording.name(county.category.name)
            tiles.append(linked(county.page, name, _tile(county.category.code, name, "class0")))
    return _map(tiles, wording.say("county_choice"))


def map_step(all_series: Sequence[Series]) -> int:
    """Return how many participants a class of colour is wide in a map of the newest figures."""
    return round_step(max((series.newest.value or 0 for series in all_series), default=0), 5)


def _map(tiles: Sequence[Markup], label: str) -> Markup:
    view = f"0 0 {TILES_ACROSS * TILE} {TILES_DOWN * TILE}"
    return element("svg", *tiles, class_="map", viewBox=view, role="group", aria_label=label)


def _tile(code: str, name: str, kind: str, number: str | None = None) -> Markup:
    """Return a tile with the name of its county, and its number where there is one."""
    column, row = TILES[code]
    x, y, size = column * TILE, row * TILE, TILE - 4
    middle = x + size / 2
    lines = label_lines(name)
    first = y + (size / 2 + 4 - _LINE * (len(lines) - 1) / 2 if number is None else 20)
    texts = [
        element("text", line, class_="name", x=middle, y=first + _LINE * position, text_anchor="middle")
        for position, line in enumerate(lines)
    ]
    if number is not None:
        texts.append(element("text", number, class_="number", x=middle, y=y + size - 13, text_anchor="middle"))
    plates = []
    if kind == "hatched":
        plates = [
            element("rect", class_="plate", x=x + 4, y=y + 8, width=size - 8, height=_LINE * len(lines) + 3, rx=3),
            element("rect", class_="plate", x=middle - 18, y=y + size - 29, width=36, height=22, rx=3),
        ]
    square = element("rect", class_=kind, x=x, y=y, width=size, height=size, rx=4)
    return element("g", square, *plates, *texts, class_=f"tile on-{kind}")


def _index(month: date) -> int:
    return month.year * 12 + month.month
