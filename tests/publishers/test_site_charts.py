"""Charts show the figures of the readers' tables, a star hatched; no other number stands on a page."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pytest

from publishers.site.statistics import BREAKDOWNS
from publishers.site.texts import LANGUAGES, NORWEGIAN, TEXTS, Language
from tests.database_files import query
from tests.publishers.site_figures import (
    ask,
    broken_down,
    figures_of_counties,
    in_language,
    long_month,
    section,
    totals,
)
from tests.publishers.site_pages import NUMBER, Element, read_page, written
from tests.warehouse.warehouse import Warehouse

STARS_ON_MAP = """
select count(*)
from main.participants_by_county
where
    measure_code = $measure and status = 'suppressed' and county_code <> '99'
    and month = (select max(month) from main.participants_by_county where measure_code = $measure)
"""
CHANGES = """
select abs(newest.participants - earlier.participants)
from main.participants as newest
inner join main.participants as earlier using (measure_code)
where
    newest.is_latest_month and measure_code = $measure
    and earlier.month in (newest.month - interval 1 month, newest.month - interval 1 year)
"""


@pytest.mark.parametrize("language", LANGUAGES)
def test_charts_show_the_figures_of_the_readers_tables_and_stars_hatched(
    site: Path, build: Path, language: Language
) -> None:
    """What a pointer shows over a part of a chart, and what is printed in it, is a figure of the page's measure."""
    line = TEXTS["line"].said(language)
    for measure, of_measure in totals(build, language).items():
        page = read_page(in_language(site, language) / f"measure-{measure}.html")
        expected = dict(of_measure)
        for breakdown in BREAKDOWNS:
            expected |= broken_down(build, breakdown, language).get(measure, {})
        points = {
            f"{name}, {long_month(month, language)}: {text} ({line} {address.rpartition('#L')[2]})"
            for (name, month), (text, address) in expected.items()
        }
        titles = [title.text() for title in page.all("title")[1:]]
        assert set(titles) <= points
        stars = {title for title in titles if ": 0–3 (" in title}
        for parent in page.walk():
            own = [child.text() for child in parent.children if isinstance(child, Element) and child.tag == "title"]
            hatched = [*parent.all("rect", class_="hatched"), *parent.all("rect", class_="band")]
            if own and parent.tag in ("a", "rect", "circle"):
                is_hatched = bool(hatched)
                assert is_hatched == (own[0] in stars), own
                assert not (parent.tag == "circle" and own[0] in stars)
        printed = {text for text, _ in expected.values()}
        for label in (*page.all("text", class_="number"), *page.all("text", class_="value")):
            assert label.text() in printed
        [(count,)] = ask(build, STARS_ON_MAP, measure=measure)
        assert len(page.all("g", class_="on-hatched")) == count


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_page_has_a_number_that_no_table_has(site: Path, build: Path, language: Language) -> None:
    """Outside tables and charts too. Axes and legends have round numbers of their own, which are marked."""
    said = {token for text in TEXTS.values() for token in NUMBER.findall(text.said(language))}
    years = {str(month.year) for (month,) in query(build, "select month from marts.dim_month")}
    reasons = {token for (reason,) in query(build, BREAK_REASONS) for token in NUMBER.findall(reason)}
    widths = {str(years) for (years,) in query(build, "select years_in_band from marts.dim_age_group")}
    open_groups = {str(count) for (count,) in query(build, OPEN_AGE_GROUPS)}
    counties = figures_of_counties(build, language)
    sizes = {
        f"{max(round(file.stat().st_size / 1000), 1):,}".replace(",", "\u00a0")
        for file in (site / "files").rglob("*.*")
    }
    for path in sorted(in_language(site, language).glob("*-*.html")):
        kind, _, code = path.stem.partition("-")
        if kind == "measure":
            every = [totals(build, language)[code]]
            every += [broken_down(build, breakdown, language).get(code, {}) for breakdown in BREAKDOWNS]
            other = widths | open_groups | sizes | changes(build, code)
        elif kind == "county":
            every, other = [counties[code]], set()
        else:
            continue
        names = {token for figures in every for name, _ in figures for token in NUMBER.findall(name)}
        names |= FORMATS
        texts = {text for figures in every for text, _ in figures.values()}
        page = read_page(path)
        require_round_numbers(page)
        found = set(NUMBER.findall(page.all("main")[0].text(without=("title",))))
        assert found <= said | years | reasons | names | texts | other, path.name


FORMATS = {"2"}
"""The numbers in the names of formats: JSON-stat 2, SDMX-CSV 2."""
BREAK_REASONS = "select reason from reference.series_breaks"
OPEN_AGE_GROUPS = "select count(*) from marts.dim_age_group where is_open_ended"


@cache
def changes(build: Path, measure: str) -> set[str]:
    """Return by how much a measure's newest figure differs from that of the month and of the year before."""
    differences = ask(build, CHANGES, measure=measure)
    return {f"{difference:,}".replace(",", "\u00a0") for (difference,) in differences}


def require_round_numbers(page: Element) -> None:
    """Look at axes and legends, which are in equal steps from 0, and take them out of the page."""
    for chart in page.all("svg", class_="line"):
        axis = chart.all("text", class_="scale")
        numbers = [int(tick.text().replace("\u00a0", "")) for tick in axis]
        assert numbers == list(range(0, len(numbers) * numbers[1], numbers[1])) if numbers else True
        for tick in axis:
            tick.children.clear()
    legend = page.all("span", class_="scale")
    classes = [entry.text().replace("\u00a0", "").split("–") for entry in legend]
    step = int(classes[0][1]) if classes else 0
    for position, (entry, (lower, upper)) in enumerate(zip(legend, classes, strict=True)):
        assert (int(lower), int(upper)) == (position * step + 1, (position + 1) * step)
        entry.children.clear()


def test_a_break_is_a_gap_with_its_reason(grown: Warehouse, tmp_path: Path) -> None:
    page = read_page(written(grown.build_database, tmp_path) / "measure-mentor.html")
    groups = section(page, "participant_group")
    breaks = "select reason from reference.series_breaks where break_month = '2025-04-01'"
    for (reason,) in query(grown.build_database, breaks):
        assert NORWEGIAN[reason] in groups.text()
    seekers, reduced, _ = groups.all("svg", class_="line")
    assert len(seekers.all("line", class_="break")) == 1
    assert len(reduced.all("line", class_="break")) == 0
    # A line begins anew after the months of 2024, after which editions are missing, and after the break.
    assert seekers.all("path")[0].attributes["d"].count("M") == 3
    assert reduced.all("path")[0].attributes["d"].count("M") == 2
