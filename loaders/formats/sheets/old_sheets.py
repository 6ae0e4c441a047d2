"""An old Excel workbook (.xls) or an OpenDocument sheet (.ods) → its sheets; python-calamine reads both.

It gives the stored values and not how they are displayed. Numbers are taken for whole ones, rounded half up, and
parted by spaces at the thousands. A cell may so hold a number and display a star: a number below the threshold, which
the report would print as a star, is therefore refused and not repeated.
"""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from io import BytesIO

from python_calamine import CalamineWorkbook, SheetVisibleEnum

from loaders.formats.lines import PrintedLines, column_letters
from loaders.formats.sheets.grid import MAX_CELLS, Sheet, one_line
from loaders.formats.sheets.lines import lines_of_sheets
from loaders.formats.sheets.number_formats import displayed_number
from loaders.threshold import read_threshold
from warehouse.errors import Complaints, Problem, quoted, rejected
from warehouse.period import MONTH_NAMES

_SAVE = "open it in a spreadsheet and save it again as an Excel workbook (.xlsx)"
_WHOLE = "#,##0"

_Value = int | float | str | bool | date | time | datetime | timedelta


def read_old_sheets(content: bytes, file: str) -> PrintedLines:
    """Return the lines that the sheets of a workbook display; see `Reader`."""
    complaints = Complaints(file)
    stored: list[tuple[str, list[list[_Value]]]] = []
    try:
        workbook = CalamineWorkbook.from_filelike(BytesIO(content))
        for about in workbook.sheets_metadata:
            rows = workbook.get_sheet_by_name(about.name).to_python(skip_empty_area=False)
            if about.visible is SheetVisibleEnum.Visible:
                stored.append((about.name, rows))
            elif any(map(any, rows)):
                problem = Problem("a hidden sheet", "sheets that are displayed", "show the sheet, or remove it")
                complaints.add_at(quoted(about.name), problem)
    except Exception as error:
        # The library raises errors of its own and of the formats below it; all mean that the file is damaged.
        found = f"a workbook that cannot be read ({quoted(str(error) or type(error).__name__)})"
        raise rejected(file, Problem(found, "a whole workbook", f"fetch it again, or {_SAVE}")) from error
    if sum(len(row) for _, rows in stored for row in rows) > MAX_CELLS:
        raise rejected(
            file, Problem("a workbook of too many cells", f"at most {MAX_CELLS:,}", "give the report itself")
        )
    texts = [(0, value) for _, rows in stored for row in rows for value in row if isinstance(value, str)]
    threshold = read_threshold(texts, Complaints(file))
    sheets = [Sheet(name, [[_displayed(value) for value in row] for row in rows]) for name, rows in stored]
    for name, rows in stored:
        for number, row in enumerate(rows, start=1):
            for column, value in enumerate(row):
                if isinstance(value, int | float) and not isinstance(value, bool) and 0 <= value < threshold - 0.5:
                    problem = Problem(
                        f"a number below {threshold}, which the cell may display as a star",
                        "a star, or a file that says how its numbers are displayed", _SAVE, "below",
                    )  # fmt: skip
                    complaints.add_at(f"'{name}'!{column_letters(column)}{number}", problem)
    if complaints:
        raise complaints.rejection()
    return lines_of_sheets(sheets)


def _displayed(value: _Value) -> str:
    if isinstance(value, bool):
        return "SANN" if value else "USANN"
    if isinstance(value, int | float):
        return displayed_number(value, _WHOLE)
    if isinstance(value, str):
        return one_line(value)
    return MONTH_NAMES[value.month - 1] if isinstance(value, date) else str(value)
