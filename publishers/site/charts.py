"""Draw months as a line, categories as bars, counties as tiles; a suppressed figure is hatched in each."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from markupsafe import Markup, escape

from publishers.site.scales import color_class, round_step, ticks
from publishers.site.statistics import County, Figure, Series
from publishers.site.svg import element, linked, percent
from publishers.site.tiles import TILE, TILES, TILES_ACROSS, TILES_DOWN, label_lines
from publishers.site.wording import Wording

_LEFT, _RIGHT = 3.0, 97.0
"""Per cent of a line chart's width between which months stand."""
_LEFT_OF_SCALE = 11.0
"""The same where the numbers of an axis stand on the left."""
_TOP, _BOTTOM = 26, 24
"""Pixels above and below the plot of a line chart."""
_THINNEST_BAND = 9
"""Pixels that a band has at least: to scale, 0–3 would not be seen beside hundreds."""
_LABELLED_MONTHS = 6
"""Months that each have a label below the axis; of more, the first and the last."""
_SEEN_POINTS = 36
"""Points that are drawn; where there are more, they would hide the line, and are there for the pointer only."""
_LABEL = 14.0
"""Per cent of the width that a label takes at most."""
_EDGE = 8.0
"""Per cent of the width, at either side, where a text begins or ends at its month and is not centred."""
_LINE = 13
"""Height of a line of text in a tile."""
_ROW_HEIGHT = 46
"""Pixels that a bar takes with its name and number above it."""
_NARROWEST_BAR = 5.0
"""Per cent of the width that a hatched bar has."""


@dataclass(frozen=True)
class LineChart:
    """A chart of one series of figures; a small one has no axis of numbers."""

    wording: Wording
    name: str
    figures: Sequence[Figure]
    height: int = 220
    is_small: bool = False

    def draw(self) -> Markup:
        """Return it as SVG."""
        first, last = self.figures[0].month, self.figures[-1].month
        label = self.wording.say(
            "line_chart", name=self.name, first=self.wording.month(first), last=self.wording.month(last)
        )
        return element(
            "svg",
            *([] if self.is_small else self._scale()),
            element("line", class_="base", x1="0", x2="100%", y1=self._y(0), y2=self._y(0)),
            *self._bands(),
            self._series(),
            *self._gaps(),
            self._points(),
            *self._values(),
            *self._months(),
            class_="line",
            width="100%",
            height=self.height,
            role="img",
            aria_label=label,
        )

    @cached_property
    def _left(self) -> float:
        return _LEFT if self.is_small else _LEFT_OF_SCALE

    @cached_property
    def _ticks(self) -> list[int]:
        return ticks(max(figure.upper for figure in self.figures))

    @cached_property
    def _first(self) -> int:
        return _index(self.figures[0].month)

    @cached_property
    def _last(self) -> int:
        return _index(self.figures[-1].month)

    @cached_property
    def _step(self) -> float:
        """How far a month is from the next one; 0 where there is one month only."""
        return (_RIGHT - self._left) / (self._last - self._first) if self._first != self._last else 0.0

    @cached_property
    def _pairs(self) -> list[tuple[Figure, Figure]]:
        return list(zip(self.figures, self.figures[1:], strict=False))

    def _x(self, month: date) -> float:
        return self._left + (_index(month) - self._first) * self._step if self._step else 50.0

    def _y(self, value: float) -> float:
        plot = self.height - _TOP - _BOTTOM
        return _TOP + plot * (1 - value / self._ticks[-1])

    def _scale(self) -> Iterator[Markup]:
        for tick in self._ticks:
            y = self._y(tick)
            yield element("line", class_="grid", x1="0", x2="100%", y1=y, y2=y)
            yield element("text", f"{tick:,}".replace(",", "\u00a0"), class_="scale", x="0", y=y - 4)

    def _bands(self) -> Iterator[Markup]:
        """Yield a hatched band from 0 to the largest number that it can be, over each month with a star.

        Months that follow each other look like one band, which is labelled once, and not where another label is near.
        """
        half = (self._step or _RIGHT - self._left) / 2
        labelled = [self._x(end.month) for end in (self.figures[0], self.figures[-1]) if end.value is not None]
        for position, figure in enumerate(self.figures):
            if not figure.is_suppressed:
                continue
            x = self._x(figure.month)
            left, right = max(x - half, self._left - _LEFT), min(x + half, 100)
            top = min(self._y(figure.upper), self._y(0) - _THINNEST_BAND)
            title = element("title", self.wording.point(self.name, figure))
            size: dict[str, str | float] = {
                "x": percent(left), "width": percent(right - left), "y": top, "height": self._y(0) - top,
            }  # fmt: skip
            yield element("rect", title, class_="band", **size)
            is_first = position == 0 or not self.figures[position - 1].is_suppressed
            if is_first and all(abs(x - other) > _LABEL for other in labelled):
                labelled.append(x)
                yield self._text(figure.text, figure.month, top - 5, "value")

    def _series(self) -> Markup:
        """Return a line from month to month, where both are known, follow each other and can be compared.

        It is stretched to the width of the chart, and its stroke is not.
        """
        steps = []
        before: Figure | None = None
        for figure in self.figures:
            if figure.value is None:
                before = None
                continue
            is_joined = (
                before is not None
                and before.comparable_series == figure.comparable_series
                and _index(figure.month) - _index(before.month) == 1
            )
            place = f"{self._x(figure.month):.2f} {self._y(figure.value):.1f}"
            # A step of no length is drawn as a dot, so that a month between two gaps is seen.
            steps.append(f"L{place}" if is_joined else f"M{place}h0")
            before = figure
        path = element("path", class_="series", d="".join(steps))
        view = f"0 0 100 {self.height}"
        return element(
            "svg", path, width="100%", height=self.height, viewBox=view, preserveAspectRatio="none", aria_hidden="true"
        )

    def _gaps(self) -> Iterator[Markup]:
        """Yield a dashed line between months that cannot be compared."""
        for one, other in self._pairs:
            if one.comparable_series != other.comparable_series:
                x = percent((self._x(one.month) + self._x(other.month)) / 2)
                said = self.wording.say("break")
                yield element("line", class_="break", x1=x, x2=x, y1=_TOP - 12, y2=self._y(0))
                yield element("text", said, class_="break", x=x, y=_TOP - 15, text_anchor="middle")

    def _points(self) -> Markup:
        """Return a point per known figure, which says its month and number."""
        is_many = len(self.figures) > _SEEN_POINTS
        kind, radius = (' class="unseen"', 4) if is_many else ("", 3)
        # Written out, as a page may have thousands.
        points = (
            f'<circle{kind} cx="{self._x(figure.month):.2f}%" cy="{self._y(figure.value):.1f}" r="{radius}">'
            f"<title>{escape(self.wording.point(self.name, figure))}</title></circle>"
            for figure in self.figures
            if figure.value is not None
        )
        return Markup("".join(points))  # noqa: S704 - escaped

    def _values(self) -> Iterator[Markup]:
        """Yield the first and the last figure, printed above their points and above the line near them."""
        near = int(_LABEL / self._step) + 1 if self._step else 1
        for end, neighbours in ((self.figures[0], self.figures[:near]), (self.figures[-1], self.figures[-near:])):
            if end.value is not None:
                highest = max(figure.value for figure in neighbours if figure.value is not None)
                yield self._text(end.text, end.month, self._y(highest) - 9, "value")
            if len(self.figures) == 1:
                return

    def _months(self) -> Iterator[Markup]:
        """Yield the names of months below the axis: of each, if they are few, else of both ends, and years between."""
        y = self.height - 6
        months = [figure.month for figure in self.figures]
        if len(months) > _LABELLED_MONTHS or self.is_small:
            ends = list(dict.fromkeys((months[0], months[-1])))
        else:
            ends = months
        for month in ends:
            yield self._text(self.wording.short_month(month), month, y, "month")
        if ends is months or self.is_small:
            return
        years = months[-1].year - months[0].year
        every = round_step(years, _LABELLED_MONTHS)
        for year in range(months[0].year + 1, months[-1].year + 1):
            x = self._x(date(year, 1, 1))
            if year % every == 0 and all(abs(x - self._x(end)) > _LABEL for end in ends):
                yield self._text(str(year), date(year, 1, 1), y, "month")

    def _text(self, text: str, month: date, y: float, kind: str) -> Markup:
        x = self._x(month)
        anchor = "start" if x < self._left + _EDGE else "end" if x > 100 - _EDGE else "middle"
        return element("text", text, class_=kind, x=percent(x), y=y, text_anchor=anchor)


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
