"""Draw months as a line; a suppressed figure is a hatched band, and a break is a gap."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from markupsafe import Markup, escape

from publishers.site.scales import round_step, ticks
from publishers.site.statistics import Figure
from publishers.site.svg import element, percent
from publishers.site.wording import Wording, spaced

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
        drawing = element(
            "g",
            *([] if self.is_small else self._scale()),
            element("line", class_="base", x1="0", x2="100%", y1=self._y(0), y2=self._y(0)),
            self._series(),
            *self._gaps(),
            *self._star_labels(),
            *self._values(),
            *self._months(),
            role="img",
            aria_label=label,
        )
        # For a pointer alone: a keyboard and a screen reader have the same links in the table.
        links = element("g", *map(self._link, self.figures), aria_hidden="true")
        return element("svg", drawing, links, class_="line", width="100%", height=self.height, role="none")

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
            yield element("text", spaced(tick), class_="scale", x="0", y=y - 4)

    def _star_labels(self) -> Iterator[Markup]:
        """Yield what a star can be, once above months with stars that follow each other.

        They look like one band. Nothing is yielded where another label is near.
        """
        labelled = [self._x(end.month) for end in (self.figures[0], self.figures[-1]) if end.value is not None]
        for position, figure in enumerate(self.figures):
            if not figure.is_suppressed:
                continue
            x = self._x(figure.month)
            is_first = position == 0 or not self.figures[position - 1].is_suppressed
            if is_first and all(abs(x - other) > _LABEL for other in labelled):
                labelled.append(x)
                yield self._text(figure.text, figure.month, self._band_top(figure) - 5, "value")

    def _band_top(self, figure: Figure) -> float:
        return min(self._y(figure.upper), self._y(0) - _THINNEST_BAND)

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

    def _link(self, figure: Figure) -> Markup:
        """Return what leads to the line that states a figure, over all of its month: a point, or a band for a star.

        A band is hatched from 0 to the largest number that the figure can be.
        """
        half = (self._step or _RIGHT - self._left) / 2
        x = self._x(figure.month)
        left, right = max(x - half, self._left - _LEFT), min(x + half, 100)
        place = f'x="{left:.2f}%" width="{right - left:.2f}%"'
        if figure.value is not None:
            # Of many, each is seen when a pointer is over it.
            kind, radius = (' class="unseen"', 4) if len(self.figures) > _SEEN_POINTS else ("", 3)
            mark = f'<circle{kind} cx="{x:.2f}%" cy="{self._y(figure.value):.1f}" r="{radius}"/>'
        elif figure.is_suppressed:
            top = self._band_top(figure)
            mark = f'<rect class="band" {place} y="{top:.1f}" height="{self._y(0) - top:.1f}"/>'
        else:
            mark = ""
        # Written out, as a page may have thousands.
        return Markup(  # noqa: S704 - escaped
            f'<a href="{figure.address}" tabindex="-1"><title>{escape(self.wording.point(self.name, figure))}</title>'
            f'<rect class="reach" {place} height="{self._y(0):.0f}"/>{mark}</a>'
        )

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


def _index(month: date) -> int:
    return month.year * 12 + month.month
