"""The report line by line, and each edition's proof and totals, are what was printed and what the checks say."""

from __future__ import annotations

from pathlib import Path

import duckdb
import pytest

from publishers.site.texts import LANGUAGES, TEXTS, Language
from tests.database_files import query
from tests.publishers.site_figures import ask, in_language, section
from tests.publishers.site_pages import Element, read_page, rows, written
from tests.warehouse.warehouse import Warehouse

PROOFS = "select {columns} from audit.report_proofs"
CHECKS = """
select sum((verdict = 'proven')::int), sum((verdict = 'possible')::int)
from audit.reconciliation_checks
where report_id = $report
"""
REVISIONS = "select count(*) from audit.revisions where report_id = ?"


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


OF_SCANS = {"cells_proven_by_rules", "cells_allowed_by_rules", "cells_confirmed_by_a_person", "illegible_cells"}
"""Left out where they are 0."""


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
            if number is not None and (number or column not in OF_SCANS)
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
