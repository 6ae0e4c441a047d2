"""Workbooks: an edition in several layouts by each of two libraries."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from benchmarks.doors.comparing import Case, compared
from benchmarks.doors.peers import SHEET_PEERS
from benchmarks.doors.scores import Printed
from tests.editions import make_figures, render
from tests.loaders.printed_tables import tables_of_text
from tests.loaders.sheets.layouts import AVERAGE, SHEET_LAYOUTS, saved
from tests.loaders.sheets.writers import WithOpenpyxl, WithXlsxwriter, Workbook

_LIBRARIES: dict[str, Callable[[], Workbook]] = {"openpyxl": WithOpenpyxl, "xlsxwriter": WithXlsxwriter}
_MONTHS = (2, 4, 12)


def read_workbooks() -> Iterator[str]:
    """Return the lines on workbooks."""
    title = f"workbooks, {len(SHEET_LAYOUTS)} layouts by {' and '.join(_LIBRARIES)}"
    yield from compared(title, list(_cases()), SHEET_PEERS)


def _cases() -> Iterator[Case]:
    for months in _MONTHS:
        period, tables = tables_of_text(render(make_figures(months, 2024), months))
        printed = Printed([row for _, rows in tables for row in rows], [AVERAGE, *tables[0][0][1:]])
        for layout_name, layout in SHEET_LAYOUTS.items():
            for library, writer in _LIBRARIES.items():
                name = f"{layout_name} by {library}, {months} months"
                yield Case(name, saved(writer, layout, period, tables), printed, printed)
