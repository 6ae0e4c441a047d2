"""The figures of the readers' tables as pages of the site should show them."""

from __future__ import annotations

from collections import defaultdict
from datetime import date
from functools import cache
from pathlib import Path

import duckdb

from publishers.site.texts import Language
from tests.database_files import query
from tests.publishers.site_pages import Element

MONTHS = {
    "nb": (
        "januar", "februar", "mars", "april", "mai", "juni",
        "juli", "august", "september", "oktober", "november", "desember",
    ),
    "en": (
        "January", "February", "March", "April", "May", "June",
        "July", "August", "September", "October", "November", "December",
    ),
}  # fmt: skip

Figures = dict[tuple[str, date], tuple[str, str]]
"""By row and month: what is printed and the address of its line."""


def in_language(site: Path, language: Language) -> Path:
    return site if language == "nb" else site / "en"


def long_month(month: date, language: Language) -> str:
    return f"{MONTHS[language][month.month - 1]} {month.year}"


def short_month(month: date, language: Language) -> str:
    return f"{MONTHS[language][month.month - 1][:3]} {month.year}"


def by_column(figures: Figures, language: Language) -> dict[tuple[str, str], tuple[str, str]]:
    """Return figures as a table shows them, with a dash where a row has none in a month of another one."""
    months = {month for _, month in figures}
    return {
        (name, short_month(month, language)): figures.get((name, month), ("–", ""))
        for name, _ in figures
        for month in months
    }


def figures_of(build: Path, sql: str) -> dict[str, Figures]:
    """Return figures by what a query names first: the row, the month, the text, the report and the line follow."""
    found: dict[str, Figures] = defaultdict(dict)
    for key, name, month, text, report_id, line in query(build, sql):
        found[key][name, month] = (text, f"report-{report_id}.html#L{line}")
    return found


BROKEN_DOWN = """
select measure_code, {thing}_name{suffix}, month, participants_text, report_id, line_number
from main.participants_by_{thing}
"""
TOTALS = """
select measure_code, measure_name{suffix}, month, participants_text, report_id, line_number from main.participants
"""
COUNTIES = """
select county_code, measure_name{suffix}, month, participants_text, report_id, line_number
from main.participants_by_county
"""


def suffix(language: Language) -> str:
    return "" if language == "nb" else "_en"


@cache
def broken_down(build: Path, breakdown: str, language: Language) -> dict[str, Figures]:
    return figures_of(build, BROKEN_DOWN.format(thing=breakdown, suffix=suffix(language)))


@cache
def totals(build: Path, language: Language) -> dict[str, Figures]:
    return figures_of(build, TOTALS.format(suffix=suffix(language)))


@cache
def figures_of_counties(build: Path, language: Language) -> dict[str, Figures]:
    return figures_of(build, COUNTIES.format(suffix=suffix(language)))


def ask(database: Path, sql: str, **parameters: str) -> list[tuple[object, ...]]:
    with duckdb.connect(database, read_only=True) as tables:
        return tables.execute(sql, parameters).fetchall()


def section(page: Element, code: str) -> Element:
    [found] = page.all("section", **{"aria-labelledby": code})
    return found
