"""Parts that several pages have: tables of months, notes, cards."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from markupsafe import Markup

from publishers.site.lines import LineChart
from publishers.site.statistics import Figure, Series, Statistics
from publishers.site.texts import Text
from publishers.site.wording import Wording, link

Values = dict[str, object]
"""What a template names."""

SMALL = 120
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
class Card:
    """A small chart with its newest figure."""

    name: str
    page: str
    figure: Markup
    month: str
    chart: Markup


@dataclass(frozen=True, slots=True)
class Parts:
    """The parts of pages in one language."""

    statistics: Statistics
    wording: Wording
    cells: dict[tuple[int, tuple[date, ...]], Markup]
    """Rows of cells that were made already: they are the same in both languages."""

    def card(self, series: Series, name: str) -> Card:
        """Return a small chart of a series under a name."""
        return Card(
            name,
            series.measure.page,
            link(series.newest),
            self.wording.month(series.newest.month),
            LineChart(self.wording, name, series.figures, SMALL, is_small=True).draw(),
        )

    def table(self, caption: str, heading: str, rows: Sequence[tuple[str, str | None, Series]]) -> MonthTable:
        """Return a table with a row for each name, the page it leads to, and series."""
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

    def notes(self, breakdown: str, all_series: Sequence[Series]) -> Notes:
        """Return what is to be said below figures of a breakdown."""
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

    def joined(self, names: Iterable[Text]) -> str:
        """Return names in a row."""
        return ", ".join(self.wording.name(name) for name in names)


def figure_at(series: Series, month: date) -> Figure | None:
    """Return the figure of a month, if there is one."""
    return next((figure for figure in reversed(series.figures) if figure.month == month), None)


def months_before(month: date, back: int) -> date:
    """Return the month that lies so many months back."""
    index = month.year * 12 + month.month - 1 - back
    return date(index // 12, index % 12 + 1, 1)


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
