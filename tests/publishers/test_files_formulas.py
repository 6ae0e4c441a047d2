"""A text that a spreadsheet would run as a formula is a text, and can be had back as it was."""

from __future__ import annotations

import csv
from pathlib import Path

import duckdb
import openpyxl
import pytest

from publishers.files.plain import harmless
from publishers.files.tables import Column, Kind
from tests.publishers.files_to_take import publish_files
from tests.warehouse.warehouse import Warehouse

DANGEROUS = ("=1+1", "+47 22 00 00 00", "-2", "@SUM(A1)", "\tdir", "\r=1", "'=1", "''-1")
HARMLESS = ("", "0–3", "03", "a=b", " =1", "'quoted'", "Østfold (til 2019)", "2–3+")


@pytest.mark.parametrize("text", [*DANGEROUS, *HARMLESS])
def test_taking_one_apostrophe_away_gives_back_the_text(text: str) -> None:
    with duckdb.connect() as connection:
        shown_as = harmless(Column("text", Kind.TEXT, is_required=True, comment=""))
        sql = f"select {shown_as} from (select $text as text) as rows"  # noqa: S608 - own words
        [(shown,)] = connection.execute(sql, {"text": text}).fetchall()
    assert shown == (f"'{text}" if text in DANGEROUS else text)


def test_nothing_in_csv_and_excel_begins_like_a_formula(sample_build: Warehouse, tmp_path: Path) -> None:
    """Other formats keep the text as it is."""
    warehouse = sample_build.copy(tmp_path)
    with duckdb.connect(warehouse.build_database) as build:
        build.execute(
            "update main.reports set file_name = '=HYPERLINK(\"http://x\")', publisher = '@NAV', licence = '-', "
            "report_name = '\tApril', report_name_en = '+April'"
        )
    assert publish_files(warehouse) == 0
    expected = {
        "file_name": "'=HYPERLINK(\"http://x\")", "publisher": "'@NAV", "licence": "'-", "report_name": "'\tApril",
        "report_name_en": "'+April",
    }  # fmt: skip
    for file in (warehouse.folder / "files").rglob("*.csv"):
        with file.open(encoding="utf-8-sig", newline="") as stream:
            rows = list(csv.DictReader(stream))
        assert not [text for row in rows for text in row.values() if text.startswith(("=", "+", "-", "@", "\t", "\r"))]
        if file.name == "reports.csv":
            assert {name: rows[0][name] for name in expected} == expected
    book = openpyxl.load_workbook(warehouse.folder / "files" / "tiltak.xlsx")
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row]
    assert not [cell for cell in cells if cell.data_type == "f"]
    assert not [cell for cell in cells if isinstance(cell.value, str) and cell.value.startswith(tuple("=+-@\t\r"))]
    header, row = book["reports"].iter_rows(values_only=True)
    assert {name: text for name, text in zip(header, row, strict=True) if name in expected} == expected
    with duckdb.connect() as reader:
        reports = reader.read_parquet(str(warehouse.folder / "files" / "reports.parquet"))
        assert reports.select("file_name", "publisher").fetchall() == [('=HYPERLINK("http://x")', "@NAV")]
