"""A workbook gives the same printed lines as the text of the report, whatever its sheets look like."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from openpyxl.formatting.rule import CellIsRule
from openpyxl.styles.differential import DifferentialStyle
from openpyxl.styles.numbers import NumberFormat
from openpyxl.worksheet.worksheet import Worksheet

from loaders.commands import main
from loaders.formats.sheets.number_formats import UnreadableFormatError, displayed_number
from loaders.parsing import parse_report
from tests.database_files import query
from tests.loaders.printed_tables import tables_of_text
from tests.loaders.report_texts import parsed, rows_of
from tests.loaders.sheets.layouts import NOTE, SHEET_LAYOUTS, fill, saved
from tests.loaders.sheets.writers import WithOpenpyxl, WithXlsxwriter, Workbook
from tests.sample import SAMPLE

PERIOD, TABLES = tables_of_text(SAMPLE.read_text(encoding="utf-8"))


def simple(change: Callable[[Worksheet], object] | None = None) -> bytes:
    """Return a workbook with one table, changed."""
    workbook = WithOpenpyxl()
    workbook.sheet("Om tabellene").put(1, 1, NOTE)
    header, rows = TABLES[0]
    sheet = workbook.sheet("1. Tiltak")
    sheet.put(1, 1, f"Deltakere på tiltak. {PERIOD}")
    fill(sheet, header, rows, 3)
    if change:
        change(workbook.workbook["1. Tiltak"])
    return workbook.content()


def refusal(content: bytes, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> str:
    (path := tmp_path / "report.xlsx").write_bytes(content)
    assert main([str(path), "--check"]) == 1
    return capsys.readouterr().err.removeprefix(f"{tmp_path}/")


@pytest.mark.parametrize("library", [WithOpenpyxl, WithXlsxwriter])
@pytest.mark.parametrize("layout", SHEET_LAYOUTS)
def test_every_layout_gives_the_rows_of_the_text(layout: str, library: Callable[[], Workbook]) -> None:
    report = parse_report(saved(library, SHEET_LAYOUTS[layout], PERIOD, TABLES), "report.xlsx")
    text = parsed(SAMPLE.read_text(encoding="utf-8"))
    assert rows_of(report) == [row for _, rows in TABLES for row in rows]
    assert (report.period, report.suppression_threshold, report.file_format) == (text.period, 4, "excel")


def test_an_average_is_read_as_displayed_and_the_rest_is_not_kept(tmp_path: Path) -> None:
    def unrounded(sheet: Worksheet) -> None:
        sheet["B6"] = 490.5
        sheet["B5"] = 5282.4999

    (path := tmp_path / "report.xlsx").write_bytes(simple(unrounded))
    database = tmp_path / "tiltak.duckdb"
    assert main([str(path), "--database", str(database)]) == 0
    figures = "select value_text, sheet_name, line_on_page from raw.cells where column_number = 1 order by line_number"
    assert query(database, figures)[1:3] == [("5 282", "1. Tiltak", 5), ("491", "1. Tiltak", 6)]


@pytest.mark.parametrize(
    ("value", "number_format", "text"),
    [
        (19013.75, "#\\ ##0", "19 014"),
        (2.5, "0", "3"),
        (4.4999, "#,##0", "4"),
        (3, '[<4]"*";#,##0', "*"),
        (1234, '[<4]"*";#,##0', "1 234"),
        (0, '#,##0;-#,##0;"*"', "*"),
        (2, '"*"', "*"),
        (7, ";;;", ""),
        (1234, '_-* # ##0_-;-* # ##0_-;_-* "-"_-;_-@_-', "1 234"),
        (5283.25, "General", "5283,25"),
        (5283.0, "General", "5283"),
    ],
)
def test_a_number_is_displayed_by_its_format(value: float, number_format: str, text: str) -> None:
    assert displayed_number(value, number_format) == text


@pytest.mark.parametrize("number_format", ["0%", "0.0E+00", "# ?/?", "#,##0,", "dd.mm.yyyy"])
def test_formats_that_display_no_number_of_people_are_refused(number_format: str) -> None:
    with pytest.raises(UnreadableFormatError):
        displayed_number(5, number_format)


def test_what_is_stored_behind_a_star_is_never_read(tmp_path: Path) -> None:
    def starred(sheet: Worksheet) -> None:
        sheet["C9"], sheet["C9"].number_format = 2, '[<4]"*";#,##0'

    (path := tmp_path / "report.xlsx").write_bytes(simple(starred))
    database = tmp_path / "tiltak.duckdb"
    assert main([str(path), "--database", str(database)]) == 0
    assert query(database, "select value_text from raw.cells where line_on_page = 9 and column_number = 2") == [("*",)]


def formatted_by_condition(sheet: Worksheet) -> None:
    rule = CellIsRule(operator="lessThan", formula=["4"])  # type: ignore[no-untyped-call]
    rule.dxf = DifferentialStyle(numFmt=NumberFormat(numFmtId=200, formatCode='"*"'))
    sheet.conditional_formatting.add("B4:F11", rule)


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (lambda sheet: sheet.__setitem__("C5", "l2"), "'1. Tiltak'!C5: found the character \"l\""),
        (lambda sheet: sheet.__setitem__("C5", None), "'1. Tiltak'!C5: found an empty cell in column 2 (Januar)"),
        (lambda sheet: sheet.__setitem__("C5", "=1+1"), "'1. Tiltak'!C5: found a formula without the value"),
        (lambda sheet: setattr(sheet["C5"], "number_format", "0%"), "'1. Tiltak'!C5: found a number displayed in"),
        (lambda sheet: setattr(sheet.row_dimensions[5], "hidden", True), "'1. Tiltak'!5: found a hidden row"),
        (lambda sheet: setattr(sheet.column_dimensions["C"], "hidden", True), "'1. Tiltak'!C: found a hidden column"),
        (lambda sheet: setattr(sheet, "sheet_state", "hidden"), '"1. Tiltak": found a hidden sheet'),
        (formatted_by_condition, "'1. Tiltak'!B4:F11: found number formats that depend on conditions"),
    ],
)
def test_a_complaint_names_sheet_and_cell(
    change: Callable[[Worksheet], object], message: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert refusal(simple(change), tmp_path, capsys).startswith(f"report.xlsx:{message}")


def with_member(name: str, content: bytes) -> bytes:
    packed = io.BytesIO(simple())
    with zipfile.ZipFile(packed, "a", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(name, content)
    return packed.getvalue()


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (simple()[:-100], "found a damaged workbook"),
        (with_member("xl/vbaProject.bin", b"x"), "found a workbook with macros"),
        (with_member("xl/worksheets/sheet9.xml", bytes(100_000_000)), "found a workbook that unpacks to 100,"),
        (
            b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600) + "EncryptedPackage".encode("utf-16-le"),
            "found an Office document that a password protects",
        ),
        (
            b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600) + "Workbook".encode("utf-16-le"),
            "found a workbook that cannot be read",
        ),
    ],
)
def test_what_is_no_plain_workbook_is_refused(
    content: bytes, message: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert message in refusal(content, tmp_path, capsys)
