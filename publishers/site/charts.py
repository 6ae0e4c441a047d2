"""Draw categories as bars, and counties as tiles; a suppressed figure is hatched in each."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from markupsafe import Markup

from publishers.site.scales import color_class, round_step
from publishers.site.statistics import County, Series
from publishers.site.svg import element, linked, percent
from publishers.site.tiles import TILE, TILES, TILES_ACROSS, TILES_DOWN, label_lines
from publishers.site.wording import Wording

_LINE = 13
"""Height of a line of text in a tile."""
_ROW_HEIGHT = 46
"""Pixels that a bar takes with its name and number above it."""
_NARROWEST_BAR = 5.0
"""Per cent of the width that a hatched bar has."""


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
