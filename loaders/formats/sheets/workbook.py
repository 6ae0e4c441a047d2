"""An Excel workbook (.xlsx) → its sheets, as they are displayed.

openpyxl reads it, since what a cell displays depends on its number format. A formula is read as the value that Excel
stored with it. Nothing is fetched: links to other files and pictures are left alone.
"""

from __future__ import annotations

import warnings
import zlib
from dataclasses import dataclass
from datetime import date, time, timedelta
from io import BytesIO
from typing import Any
from zipfile import BadZipFile, ZipFile

import openpyxl

from loaders.formats.lines import PrintedLines
from loaders.formats.sheets.grid import MAX_CELLS, Sheet, one_line
from loaders.formats.sheets.lines import lines_of_sheets
from loaders.formats.sheets.number_formats import UnreadableFormatError, displayed_number
from warehouse.errors import Complaints, Problem, quoted, rejected
from warehouse.period import MONTH_NAMES

MAX_UNPACKED = 64 * 1024 * 1024
"""Bytes; the workbook of a year has about 1 MB. A small file that unpacks to more is no report."""

_GIVE = "give the report itself"
_SAVE = "open it in a spreadsheet and save it again as an Excel workbook without macros (.xlsx)"
_SAVE_VALUES = "give the cells the number format that they are to be displayed by"
_SHOW = ("rows and columns that are displayed", "show them, or remove them")


def read_workbook(content: bytes, file: str) -> PrintedLines:
    """Return the lines that a workbook's sheets display; see `Reader`."""
    has_formulas = _look_inside(content, file)
    complaints = Complaints(file)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            workbook = openpyxl.load_workbook(BytesIO(content), data_only=True, keep_links=False)
            formulas = openpyxl.load_workbook(BytesIO(content), keep_links=False) if has_formulas else None
    except Exception as error:
        # openpyxl raises whatever its parts raise on a damaged file: of zip, XML, keys, types and values.
        found = f"a workbook that cannot be read ({quoted(str(error) or type(error).__name__)})"
        raise rejected(file, Problem(found, "a whole Excel workbook", f"fetch it again, or {_SAVE}")) from error
    sheets = []
    for worksheet in workbook.worksheets:
        if worksheet.max_row * worksheet.max_column > MAX_CELLS:
            size = f"a sheet of {worksheet.max_row:,} rows and {worksheet.max_column:,} columns"
            complaints.add_at(quoted(worksheet.title), Problem(size, f"at most {MAX_CELLS:,} cells", _GIVE))
            continue
        stored = formulas[worksheet.title] if formulas else None
        rows = _Reading(worksheet, stored, complaints).rows()
        if worksheet.sheet_state == "visible":
            sheets.append(Sheet(worksheet.title, rows))
        elif any(map(any, rows)):
            problem = Problem("a hidden sheet", "sheets that are displayed", "show the sheet, or remove it")
            complaints.add_at(quoted(worksheet.title), problem)
    if complaints:
        raise complaints.rejection()
    return lines_of_sheets(sheets)


def _look_inside(content: bytes, file: str) -> bool:
    """Return whether a workbook has formulas; raise for one that unpacks to too much, or holds programs."""
    try:
        with ZipFile(BytesIO(content)) as archive:
            parts = archive.infolist()
            if (size := sum(part.file_size for part in parts)) > MAX_UNPACKED:
                found = f"a workbook that unpacks to {size:,} bytes"
                raise rejected(file, Problem(found, f"at most {MAX_UNPACKED:,}", _GIVE))
            if any(part.filename.endswith("vbaProject.bin") for part in parts):
                raise rejected(file, Problem("a workbook with macros", "a workbook without programs", _SAVE))
            sheets = (part for part in parts if part.filename.startswith("xl/worksheets/"))
            return any(b"<f>" in (text := archive.read(part)) or b"<f " in text for part in sheets)
    except (BadZipFile, OSError, NotImplementedError, RuntimeError, zlib.error, EOFError) as error:
        found = f"a damaged workbook ({error})"
        raise rejected(file, Problem(found, "a whole Excel workbook", f"fetch it again, or {_SAVE}")) from error


@dataclass(frozen=True, slots=True)
class _Reading:
    """One pass over a sheet."""

    worksheet: Any
    formulas: Any
    """The same sheet with formulas in place of their values; None where the workbook has none."""
    complaints: Complaints

    def rows(self) -> list[list[str]]:
        """Return what each cell displays, and complain about what cannot be known."""
        self._refuse_conditional_numbers()
        rows = [[self._text(cell) for cell in row] for row in self.worksheet.iter_rows()]
        while rows and not any(rows[-1]):
            rows.pop()
        self._refuse_hidden(rows)
        return rows

    def _text(self, cell: Any) -> str:  # noqa: ANN401 - a cell, or one of those that a merged cell covers
        value = cell.value
        if value is None:
            stored = self.formulas[cell.coordinate].value if self.formulas else None
            if stored is not None:
                found = "a formula without the value that it gives"
                self._complain(cell, Problem(found, "values stored with the formulas", _SAVE))
            return ""
        if isinstance(value, bool):
            return "SANN" if value else "USANN"
        if isinstance(value, int | float):
            return self._number(cell, value)
        if isinstance(value, date | time | timedelta):
            return _date(value, cell.number_format)
        return one_line(str(value))

    def _number(self, cell: Any, value: float) -> str:  # noqa: ANN401 - a cell
        try:
            return displayed_number(value, cell.number_format)
        except UnreadableFormatError as error:
            found = f"a number displayed in another way than as a number of people ({error})"
            self._complain(cell, Problem(found, "whole numbers", "give the cell a number format such as 0", found))
            return ""

    def _refuse_conditional_numbers(self) -> None:
        """Complain about formats that depend on a condition kept elsewhere, as they may display a star."""
        for places in self.worksheet.conditional_formatting:
            if any(rule.dxf is not None and rule.dxf.numFmt is not None for rule in places.rules):
                problem = Problem("number formats that depend on conditions", "number formats of cells", _SAVE_VALUES)
                self.complaints.add_at(self._place(str(places.sqref)), problem)

    def _refuse_hidden(self, rows: list[list[str]]) -> None:
        """Complain about rows and columns that hold something and are not displayed."""
        for number, dimension in self.worksheet.row_dimensions.items():
            if dimension.hidden and number <= len(rows) and any(rows[number - 1]):
                self.complaints.add_at(self._place(str(number)), Problem("a hidden row", *_SHOW, "hidden"))
        for letters, dimension in self.worksheet.column_dimensions.items():
            if dimension.hidden and any(
                any(row[dimension.min - 1 : dimension.max]) for row in rows if dimension.min and dimension.max
            ):
                self.complaints.add_at(self._place(letters), Problem("a hidden column", *_SHOW, "hidden"))

    def _complain(self, cell: Any, problem: Problem) -> None:  # noqa: ANN401 - a cell
        self.complaints.add_at(self._place(cell.coordinate), problem)

    def _place(self, cells: str) -> str:
        return f"'{self.worksheet.title}'!{cells}"


def _date(value: date | time | timedelta, number_format: str) -> str:
    """Return a date as a heading displays it: the name of its month where the format asks for it, else in full."""
    if isinstance(value, date) and "mmm" in number_format.lower():
        return MONTH_NAMES[value.month - 1]
    return value.isoformat() if isinstance(value, date | time) else str(value)
