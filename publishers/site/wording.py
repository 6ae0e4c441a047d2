"""Say texts, names, months and changes in one of the languages."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache

from markupsafe import Markup, escape

from publishers.site.statistics import Edition, Figure, PrintedTotal
from publishers.site.texts import TEXTS, Language, Text

_MINUS = "−"
_escaped = cache(escape)
"""Figures are few texts, many times."""


@dataclass(frozen=True, slots=True)
class Wording:
    """One of the languages, and the names of months in both."""

    language: Language
    months: Mapping[int, Text]

    def say(self, key: str, **values: object) -> str:
        """Return a text of the table of texts. Raises KeyError for one that is not in it."""
        text = TEXTS[key].said(self.language)
        return text.format(**values) if values else text

    def name(self, text: Text) -> str:
        """Return a name."""
        return text.said(self.language)

    def month(self, month: date) -> str:
        """Return the name of a month within a sentence, as in `april 2024`."""
        return f"{self.months[month.month].said(self.language)} {month.year}"

    def short_month(self, month: date) -> str:
        """Return three letters and the year, as in `apr 2024`."""
        return f"{self.months[month.month].said(self.language)[:3]} {month.year}"

    def edition(self, edition: Edition) -> str:
        """Return the name of an edition within a sentence, with its issue where there was another one."""
        name = self.name(edition.name)
        if self.language == "nb":
            # NAV writes it as a title; within a Norwegian sentence a month begins with a small letter.
            name = name[:1].lower() + name[1:]
        if edition.issue_number == 1 and edition.superseded_by is None:
            return name
        return f"{name}, {self.say('issue', number=edition.issue_number)}"

    def point(self, name: str, figure: Figure) -> str:
        """Return what a pointer shows over a figure."""
        return f"{name}, {self.month(figure.month)}: {figure.text} ({self.say('line')} {figure.line_number})"

    def total(self, total: PrintedTotal) -> str:
        """Return the name of a printed total."""
        name = self.name(total.measure) if total.measure else self.say("all_measures")
        return f"{name}, {self.name(total.participant_group).lower()}" if total.participant_group else name

    def change(self, figure: Figure, before: Figure | None) -> str:
        """Return how a figure differs from that of another month, or why that cannot be said."""
        if before is None:
            return self.say("no_figure")
        if figure.value is None or before.value is None:
            return self.say("change_of_star")
        if figure.comparable_series != before.comparable_series:
            return self.say("not_comparable")
        difference = figure.value - before.value
        if difference == 0:
            return self.say("no_change")
        return f"{_MINUS if difference < 0 else '+'}{spaced(abs(difference))}"


def spaced(number: int) -> str:
    """Return a number with its thousands apart, as the readers' tables print it."""
    return f"{number:,}".replace(",", "\u00a0")


def link(figure: Figure | None) -> Markup:
    """Return a figure as it is printed, linked to the line of the report; the same in both languages."""
    if figure is None:
        return Markup("–")
    star = " class=star" if figure.is_suppressed else ""
    # Written out, as a page may have thousands. An address is made of a report's id and a number.
    return Markup(f'<a{star} href="{figure.address}">{_escaped(figure.text)}</a>')  # noqa: S704 - escaped


def lines_of(total: PrintedTotal) -> Markup:
    """Return the numbers of the lines that state a total, each linked to its line."""
    lines = zip(total.line_numbers, total.addresses, strict=True)
    return Markup(", ".join(f'<a href="{address}">{line}</a>' for line, address in lines))  # noqa: S704 - own names
