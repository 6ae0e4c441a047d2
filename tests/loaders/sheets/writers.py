"""Libraries that write workbooks, behind one way to put what is stored into cells."""

from __future__ import annotations

import io
from typing import Protocol

import openpyxl
import xlsxwriter
from openpyxl.worksheet.worksheet import Worksheet

Stored = int | float | str | None


class Sheet(Protocol):
    """A sheet of a workbook; rows and columns count from 1."""

    def put(self, row: int, column: int, value: Stored, number_format: str = "General") -> None:
        """Store a value in a cell, to be displayed in a format."""

    def merge(self, row: int, first_column: int, last_column: int, text: str) -> None:
        """Put a text over several columns."""


class Workbook(Protocol):
    """Writes a workbook, sheet by sheet."""

    def sheet(self, name: str) -> Sheet:
        """Add a sheet."""

    def content(self) -> bytes:
        """Return the file."""


class OpenpyxlSheet:
    """A sheet by openpyxl."""

    def __init__(self, sheet: Worksheet) -> None:
        """Put into this sheet."""
        self._sheet = sheet

    def put(self, row: int, column: int, value: Stored, number_format: str = "General") -> None:
        """Store a value in a cell."""
        self._sheet.cell(row, column, value).number_format = number_format

    def merge(self, row: int, first_column: int, last_column: int, text: str) -> None:
        """Put a text over several columns."""
        self._sheet.cell(row, first_column, text)
        self._sheet.merge_cells(start_row=row, end_row=row, start_column=first_column, end_column=last_column)


class WithOpenpyxl:
    """A workbook by openpyxl."""

    def __init__(self) -> None:
        """Start a file."""
        self.workbook = openpyxl.Workbook()
        self.workbook.remove(self.workbook.worksheets[0])

    def sheet(self, name: str) -> OpenpyxlSheet:
        """Add a sheet."""
        return OpenpyxlSheet(self.workbook.create_sheet(name))

    def content(self) -> bytes:
        """Return the file."""
        content = io.BytesIO()
        self.workbook.save(content)
        return content.getvalue()


class XlsxwriterSheet:
    """A sheet by xlsxwriter."""

    def __init__(self, workbook: xlsxwriter.Workbook, name: str) -> None:
        """Add this sheet."""
        self._workbook = workbook
        self._sheet = workbook.add_worksheet(name)

    def put(self, row: int, column: int, value: Stored, number_format: str = "General") -> None:
        """Store a value in a cell."""
        self._sheet.write(row - 1, column - 1, value, self._workbook.add_format({"num_format": number_format}))

    def merge(self, row: int, first_column: int, last_column: int, text: str) -> None:
        """Put a text over several columns."""
        self._sheet.merge_range(row - 1, first_column - 1, row - 1, last_column - 1, text)


class WithXlsxwriter:
    """A workbook by xlsxwriter."""

    def __init__(self) -> None:
        """Start a file."""
        self._file = io.BytesIO()
        self._workbook = xlsxwriter.Workbook(self._file, {"in_memory": True})

    def sheet(self, name: str) -> XlsxwriterSheet:
        """Add a sheet."""
        return XlsxwriterSheet(self._workbook, name)

    def content(self) -> bytes:
        """Return the file."""
        self._workbook.close()
        return self._file.getvalue()
