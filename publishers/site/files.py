"""All files of the site: which pages there are, and from what they are made."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from itertools import groupby

import duckdb
from markupsafe import Markup

from publishers.site.about_pages import AboutPages
from publishers.site.downloads import Downloads
from publishers.site.pages import Pages
from publishers.site.parts import Parts
from publishers.site.reading import printed_tables, read_statistics
from publishers.site.rendering import Renderer, path_of
from publishers.site.statistics import Edition, PrintedTable, Statistics
from publishers.site.wording import Wording


def site_files(tables: duckdb.DuckDBPyConnection, downloads: Downloads) -> Iterator[tuple[str, str]]:
    """Yield the path and the text of each page, and the style sheet. Raises duckdb.Error where a table cannot be read.

    `downloads` are the files that pages link to.
    """
    statistics = read_statistics(tables)
    renderer = Renderer(statistics.months, _publisher(statistics))
    yield "style.css", renderer.style()
    cells: dict[tuple[int, tuple[date, ...]], Markup] = {}
    for wording in renderer.wordings:
        yield from _pages(renderer, statistics, downloads, Parts(statistics, wording, cells))
    newest = statistics.newest_edition.report_id
    editions = {edition.report_id: edition for edition in statistics.editions}
    for report_id, of_report in printed_tables(tables):
        names = ["report.html"] if report_id == newest else []
        edition = editions[report_id]
        yield from _report(renderer, edition, of_report, [edition.report_page, *names])


def _pages(renderer: Renderer, statistics: Statistics, downloads: Downloads, parts: Parts) -> Iterator[tuple[str, str]]:
    wording = parts.wording
    pages, about = Pages(statistics, wording, parts, downloads), AboutPages(statistics, wording, parts)

    def page(name: str, template: str, values: dict[str, object]) -> tuple[str, str]:
        return path_of(wording, name), renderer.page(wording, template, name, values)

    yield page("index.html", "index.html", pages.index())
    yield page("editions.html", "editions.html", about.editions())
    yield page("stars.html", "stars.html", about.stars())
    yield page("sources.html", "sources.html", about.sources())
    for code, series in statistics.totals.items():
        yield page(series.measure.page, "measure.html", pages.measure(code))
    for county in statistics.counties.values():
        yield page(county.page, "county.html", pages.county(county))
    for edition in statistics.editions:
        yield page(edition.page, "edition.html", about.edition(edition))


def _report(
    renderer: Renderer, edition: Edition, printed: list[PrintedTable], names: list[str]
) -> Iterator[tuple[str, str]]:
    """Yield the page of a report in both languages, under each of its names."""
    # A table that goes on over a page break is one table here, as its header and total are printed again.
    whole = [list(parts) for _, parts in groupby(printed, key=_identity)]
    rows = [renderer.printed_rows(parts) for parts in whole]
    for wording in renderer.wordings:
        name = wording.edition(edition)
        values = {
            "title": wording.say("report_title", edition=name),
            "edition": edition,
            "edition_name": name,
            "tables": [
                {"number": number, "caption": _caption(wording, number, parts), "rows": markup}
                for number, (parts, markup) in enumerate(zip(whole, rows, strict=True), start=1)
            ],
        }
        for page in names:
            yield path_of(wording, page), renderer.page(wording, "report.html", page, values)


def _identity(table: PrintedTable) -> tuple[object, str]:
    """Return what a table and its continuation over a page break have in common."""
    return table.subject or table.number, table.column_labels


def _caption(wording: Wording, number: int, parts: list[PrintedTable]) -> str:
    first, last = parts[0].page_number, parts[-1].page_number
    pages = str(first) if first == last else f"{first}–{last}"
    place = f"{wording.say('table', number=number)}, {wording.say('page', number=pages)}"
    subject = ", ".join(wording.name(text) for text in parts[0].subject)
    return f"{place}: {subject}" if subject else place


def _publisher(statistics: Statistics) -> tuple[str, str] | None:
    """Return the publisher and the licence of the editions; None where they are not the same for all."""
    found = {(edition.publisher, edition.licence) for edition in statistics.editions}
    if len(found) != 1:
        return None
    [(publisher, licence)] = found
    return None if publisher is None or licence is None else (publisher, licence)
