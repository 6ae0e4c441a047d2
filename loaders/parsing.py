"""Lines → printed tables. Knows where pages, tables and rows begin and end, not what their labels mean.

A page begins with a line that prints the period. A table is a header line and the rows directly below it;
it ends at a blank line, a header or a page. Any other line is text, and is read for one thing only: the
suppression threshold.
"""

from hashlib import sha256
from pathlib import PurePath

from loaders.agreement import agree_on_period, check_headers
from loaders.figures import looks_like_row, looks_like_row_without_tabs
from loaders.headers import Header, is_average, is_header, is_header_without_tabs, read_header
from loaders.months import Period, read_period
from loaders.preamble import read_threshold
from loaders.reading import read_lines
from loaders.report import PrintedTable, Report
from loaders.rows import check_rows
from warehouse.errors import Complaints, Problem, printable, quoted, rejected

_HEADER = "a header line: an empty field, the average, then months, parted by tabs"


def parse_report(content: bytes, file: str) -> Report:
    """Return the report that a file's bytes hold; `file` is its path as the user gave it.

    Raises RejectedReportError with every problem of the report's layout, sorted by line.
    """
    complaints = Complaints(file)
    scan = _Scan(read_lines(content, file), complaints)
    scan.run()
    if not scan.headers and not complaints:
        raise rejected(file, Problem("no table in the text", _HEADER, "give a report with tables"))
    threshold = read_threshold(scan.text, complaints)
    period = agree_on_period(scan.periods, complaints)
    if period is None:
        if not scan.saw_unreadable_period:
            found, expected = "no page with a period", "a line such as Januar 2024 - April 2024"
            complaints.add(None, Problem(found, expected, "restore the period above the tables"))
        raise complaints.rejection()
    check_headers(scan.headers, period, complaints)
    if complaints:
        raise complaints.rejection()
    return Report(
        file_name=printable(PurePath(file).name),
        sha256=sha256(content).hexdigest(),
        byte_count=len(content),
        period=period,
        suppression_threshold=threshold,
        tables=tuple(scan.tables),
    )


class _Scan:
    """One pass over the lines of a report. Indexes count from 0, line numbers from 1."""

    def __init__(self, lines: list[str], complaints: Complaints) -> None:
        self.tables: list[PrintedTable] = []
        self.headers: list[tuple[int, Header]] = []
        self.periods: list[tuple[int, Period]] = []
        self.text: list[tuple[int, str]] = []
        self.saw_unreadable_period = False
        self._lines = lines
        self._complaints = complaints
        self._pages = 0
        # Rows without a header are one problem, however many they are; it is told at the first of them.
        self._in_stray_rows = False

    def run(self) -> None:
        """Go through all lines."""
        index = 0
        while index < len(self._lines):
            line = self._lines[index]
            if not line or line.isspace():
                self._in_stray_rows = False
            elif "\t" not in line.rstrip():
                self._read_line_without_tabs(index)
            elif self._is_header(line):
                index = self._read_table(index)
                continue
            else:
                self._read_stray_row(index)
            index += 1

    def _is_header(self, line: str) -> bool:
        label, _, fields = line.partition("\t")
        return (not label or label.isspace()) and is_header(fields.split("\t"))

    def _read_line_without_tabs(self, index: int) -> None:
        line = self._lines[index]
        period = read_period(line)
        if period is not None:
            self._pages += 1
            self._in_stray_rows = False
            if isinstance(period, Period):
                self.periods.append((index + 1, period))
            else:
                self.saw_unreadable_period = True
                self._complaints.add(index + 1, period)
        elif is_header_without_tabs(line):
            self._complain(index, f"the header {quoted(line)} without tabs", _HEADER, "restore the tabs")
            self._in_stray_rows = True
        elif looks_like_row_without_tabs(line):
            if not self._in_stray_rows:
                self._complain_about_spaces(index)
            self._in_stray_rows = True
        else:
            self.text.append((index + 1, line))

    def _read_table(self, index: int) -> int:
        """Read the table whose header is at `index`; return the index of the first line after it."""
        self._in_stray_rows = False
        _, _, header_text = self._lines[index].partition("\t")
        header = read_header(header_text)
        self.headers.append((index + 1, header))
        for problem in header.problems:
            self._complaints.add(index + 1, problem)
        end = self._end_of_rows(index + 1)
        rows = self._lines[index + 1 : end]
        check_rows(index + 1, header, rows, self._complaints)
        # A table that stands before any period line is on the first page all the same.
        self.tables.append(PrintedTable(max(self._pages, 1), header_text, index + 2, tuple(rows)))
        return end

    def _end_of_rows(self, index: int) -> int:
        """Return the index after the last row of the table whose rows begin at `index`."""
        lines = self._lines
        while index < len(lines):
            line = lines[index]
            if "\t" not in line:
                if not line or line.isspace() or read_period(line) is not None:
                    break
                self._complain_about_spaces(index)
            elif line[0].isspace() and not line.partition("\t")[0].strip():
                if line.isspace() or self._is_header(line):
                    break
                found, expected = "a row without a label", "a label before the first tab"
                self._complain(index, found, expected, "restore the label")
            index += 1
        return index

    def _read_stray_row(self, index: int) -> None:
        """Complain about a row, or a header that lost its first field, outside any table; else it is text."""
        line = self._lines[index]
        label, _, fields = line.partition("\t")
        if is_average(label):
            found = f"the header {quoted(line)} without its empty first field"
            self._complain(index, found, _HEADER, "restore the tab before the average")
        elif not looks_like_row(fields.split("\t")):
            self.text.append((index + 1, line))
            return
        elif not self._in_stray_rows:
            found = f"the row {quoted(label)} outside any table"
            self._complain(index, found, f"{_HEADER}, above the row", "restore the header of the table")
        self._in_stray_rows = True

    def _complain_about_spaces(self, index: int) -> None:
        found = f"the line {quoted(self._lines[index])} without tabs"
        self._complain(index, found, "a label and its figures parted by tabs", "restore the tabs")

    def _complain(self, index: int, found: str, expected: str, action: str) -> None:
        self._complaints.add(index + 1, Problem(found, expected, action))
