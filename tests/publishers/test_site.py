"""Every number on every page is that of the readers' tables, and a star stays a star."""

from __future__ import annotations

from collections import defaultdict
from datetime import date
from functools import cache
from pathlib import Path

import duckdb
import pytest

from publishers.site.publishing import write_site
from publishers.site.statistics import BREAKDOWNS
from publishers.site.texts import LANGUAGES, NORWEGIAN, TEXTS, Language
from tests.database_files import query
from tests.publishers.site_pages import NUMBER, Element, pages, read_page, rows
from tests.warehouse.warehouse import Warehouse

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


@pytest.fixture(scope="module", params=["sample", "grown"])
def build(request: pytest.FixtureRequest, sample_build: Warehouse, grown: Warehouse) -> Path:
    """Return the build of the sample, and one with an edition of another year besides, behind a break."""
    return (sample_build if request.param == "sample" else grown).build_database


@pytest.fixture(scope="module")
def site(build: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return written(build, tmp_path_factory.mktemp("site"))


def written(database: Path, folder: Path) -> Path:
    with duckdb.connect(database, read_only=True) as tables:
        write_site(tables, folder, database)
    return folder


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
PROOFS = "select {columns} from audit.report_proofs"
CHECKS = """
select sum((verdict = 'proven')::int), sum((verdict = 'possible')::int)
from audit.reconciliation_checks
where report_id = $report
"""
REVISIONS = "select count(*) from audit.revisions where report_id = ?"


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


def test_the_report_is_there_cell_by_cell_with_an_address_for_each_line(site: Path, build: Path) -> None:
    cells = query(
        build,
        "select report_id, line_number, row_label, list(value_text order by column_number) from raw.cells "
        "group by all order by all",
    )
    for language in LANGUAGES:
        folder = in_language(site, language)
        found = []
        for path in sorted(folder.glob("report-*.html")):
            page = read_page(path)
            for row in page.all("tr"):
                if line := row.attributes.get("id"):
                    number, label, *values = [child.text() for child in row.children if isinstance(child, Element)]
                    assert row.all("a")[0].attributes["href"] == f"#{line}"
                    assert line == f"L{number}"
                    found.append((path.stem.removeprefix("report-"), int(number), label, values))
        assert found == cells


def test_the_newest_report_has_an_address_of_its_own(site: Path, build: Path) -> None:
    [(newest,)] = query(build, "select report_id from main.reports where is_latest_month")
    for folder in (site, site / "en"):
        page, same = read_page(folder / f"report-{newest}.html"), read_page(folder / "report.html")
        assert page.all("main")[0] == same.all("main")[0]


@pytest.mark.parametrize("language", LANGUAGES)
def test_an_editions_page_holds_its_proof(site: Path, build: Path, language: Language) -> None:
    columns = [
        name
        for (name,) in query(
            build,
            "select column_name from duckdb_columns() where schema_name = 'audit' and table_name = 'report_proofs' "
            "and data_type = 'BIGINT' order by column_index",
        )
    ]
    for report_id, *numbers in query(build, PROOFS.format(columns=", ".join(["report_id", *columns]))):
        page = read_page(in_language(site, language) / f"edition-{report_id}.html")
        [proof, rules], revisions = (section(page, code).all("table") for code in ("proof", "revisions"))
        shown = {row.all("th")[0].text(): row.all("td")[0].text() for row in proof.all("tr")}
        assert shown == {
            TEXTS[column].said(language): f"{number:,}".replace(",", "\u00a0")
            for column, number in zip(columns, numbers, strict=True)
            if number is not None
        }
        counts = ask(build, CHECKS, report=report_id)
        shown_counts = [
            [int(cell.text().replace("\u00a0", "")) for cell in row.all("td")] for row in rules.all("tr")[1:]
        ]
        assert [tuple(map(sum, zip(*shown_counts, strict=True)))] == counts
        [(revised,)] = query(build, REVISIONS, [report_id])
        assert sum(len(table.all("tr")) - 1 for table in revisions) == min(revised, 300)


@pytest.mark.parametrize("language", LANGUAGES)
def test_an_editions_totals_are_those_of_the_report_on_the_lines_that_it_links_to(
    site: Path, build: Path, language: Language
) -> None:
    """Each line that a total links to prints that number in the edition's last month."""
    for report_id, newest in query(build, "select report_id, report_id[:7] from main.reports"):
        page = read_page(in_language(site, language) / f"edition-{report_id}.html")
        printed: dict[object, object] = dict(query(build, LAST_CELLS, [report_id]))
        all_measures = False
        rows_of_totals = section(page, "totals").all("tr")[1:]
        assert len(rows_of_totals) == 11, newest
        for row in rows_of_totals:
            figure, *lines = row.all("a")
            all_measures |= row.text().startswith(TEXTS["all_measures"].said(language))
            assert {printed[int(line.text())] for line in lines} == {figure.text().replace("\u00a0", " ")}
            assert [line.attributes["href"] for line in lines] == [
                f"report-{report_id}.html#L{line.text()}" for line in lines
            ]
        assert all_measures


LAST_CELLS = """
select line_number, replace(value_text, chr(160), ' ')
from raw.cells
where report_id = ?
qualify column_number = max(column_number) over (partition by line_number)
"""


def test_a_total_is_not_shown_beside_a_star(sample_build: Warehouse, tmp_path: Path) -> None:
    """Mentor's total becomes a star: the overview shows no sum of all measures then, from which it would follow."""
    copy = sample_build.copy(tmp_path / "starred")
    with duckdb.connect(copy.build_database) as connection:
        connection.execute(
            "update main.participants set participants = null, participants_lower = 0, participants_upper = 3, "
            "participants_text = '0–3', status = 'suppressed' where measure_code = 'mentor' and is_latest_month"
        )
        connection.execute(
            "update intermediate.int_observations set value = null, value_lower = 0, value_upper = 3, "
            "is_suppressed = true where measure_code = 'mentor' and participant_group_code = 'all' "
            "and breakdown = 'none' and month = '2024-04-01'"
        )
    (tmp_path / "site").mkdir()
    page = read_page(written(copy.build_database, tmp_path / "site") / "index.html")
    assert page.all("p", class_="headline") == []
    edition = read_page(tmp_path / "site" / "edition-2024-04_4909a99b90d9.html")
    assert not [row for row in section(edition, "totals").all("tr") if row.text().startswith(TEXTS["all_measures"].nb)]
    assert TEXTS["family_total_withheld"].nb in page.text()
    assert len(page.all("rect", class_="band")) == 1
    shown = rows(page.all("table")[0])
    assert shown["Mentor", TEXTS["since_previous_month"].nb] == (TEXTS["change_of_star"].nb, "")
    [mentor] = [text for (name, column), (text, _) in shown.items() if name == "Mentor" and column == "april 2024"]
    assert mentor == "0–3"


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


def test_what_the_seeds_say_in_english_is_said_in_norwegian_too(build: Path) -> None:
    seeds = query(build, "select reason from reference.series_breaks union select claim from reference.rules")
    assert {text for (text,) in seeds} == set(NORWEGIAN)


def test_both_languages_have_the_same_pages_one_click_apart(site: Path) -> None:
    names = {path.name for path in pages(site) if path.parent == site}
    assert {path.name for path in pages(site / "en")} == names
    for path in pages(site):
        page = read_page(path)
        other = "nb" if path.parent.name == "en" else "en"
        assert page.all("html")[0].attributes["lang"] != other
        [link] = page.all("a", class_="language")
        assert (path.parent / link.attributes["href"]).resolve().name == path.name
        assert link.attributes["lang"] == other
