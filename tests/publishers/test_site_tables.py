"""Every table of figures on a page is that of the readers' tables, in both languages."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from publishers.site.statistics import BREAKDOWNS
from publishers.site.texts import LANGUAGES, TEXTS, Language
from tests.database_files import query
from tests.publishers.site_figures import (
    ask,
    broken_down,
    by_column,
    figures_of_counties,
    in_language,
    long_month,
    section,
    totals,
)
from tests.publishers.site_pages import read_page, rows


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_measures_tables_hold_the_figures_of_the_readers_tables_and_no_sum(
    site: Path, build: Path, language: Language
) -> None:
    """Each table has a row for each category and no other row, each figure with the line that states it."""
    expected = {breakdown: broken_down(build, breakdown, language) for breakdown in BREAKDOWNS}
    of_measures = totals(build, language)
    for measure, of_measure in of_measures.items():
        page = read_page(in_language(site, language) / f"measure-{measure}.html")
        [months] = section(page, "months").all("table")
        assert rows(months) == by_column(of_measure, language)
        for breakdown in BREAKDOWNS:
            if figures := expected[breakdown].get(measure):
                [table] = section(page, breakdown).all("table")
                assert rows(table) == by_column(figures, language), (measure, breakdown)
    assert len(of_measures) == len(list(in_language(site, language).glob("measure-*.html")))


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_countys_table_holds_the_figures_of_the_readers_tables(site: Path, build: Path, language: Language) -> None:
    of_counties = figures_of_counties(build, language)
    for county, figures in of_counties.items():
        page = read_page(in_language(site, language) / f"county-{county}.html")
        [table] = page.all("table")
        assert rows(table) == by_column(figures, language)
    assert len(of_counties) == len(list(in_language(site, language).glob("county-*.html")))


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_overview_holds_each_measure_and_what_has_changed(site: Path, build: Path, language: Language) -> None:
    page = read_page(in_language(site, language) / "index.html")
    of_measures = totals(build, language)
    changes, table = page.all("table")
    every = {key: figure for figures in of_measures.values() for key, figure in figures.items()}
    assert rows(table) == by_column(every, language)
    latest = max(month for _, month in every)
    month_before = date(latest.year, latest.month - 1, 1)
    year_before = date(latest.year - 1, latest.month, 1)
    shown = rows(changes)
    values = dict(query(build, "select (measure_code, month)::varchar, participants from main.participants"))
    series = dict(query(build, "select (measure_code, month)::varchar, comparable_series from main.participants"))
    for code, figures in of_measures.items():
        [name] = {name for name, _ in figures}
        if (name, latest) not in figures:
            continue
        assert shown[name, long_month(latest, language)] == figures[name, latest]
        assert shown[name, long_month(month_before, language)] == figures.get((name, month_before), ("–", ""))
        for earlier, key in ((month_before, "since_previous_month"), (year_before, "since_year_before")):
            said, _ = shown[name, TEXTS[key].said(language)]
            now, before = f"({code}, {latest})", f"({code}, {earlier})"
            if before not in values:
                assert said == TEXTS["no_figure"].said(language)
            elif series[now] != series[before]:
                assert said == TEXTS["not_comparable"].said(language)
            else:
                sign, size = (said[0], said[1:]) if said[0] in "+−" else ("+", "0")
                assert int(f"{sign.replace('−', '-')}{size}".replace("\u00a0", "")) == values[now] - values[before]
    [(total,)] = query(build, "select sum(participants) from main.participants where is_latest_month")
    [headline] = page.all("p", class_="headline")
    address = ask(build, "select report_id from main.reports where is_latest_month")[0][0]
    assert headline.all("a")[0].attributes["href"] == f"report-{address}.html#L12"
    assert headline.all("strong")[0].text() == f"{total:,}".replace(",", "\u00a0")
