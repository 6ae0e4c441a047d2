"""Lines → printed tables. Knows where pages, tables and rows begin and end, not what their labels mean.

A page begins with a line that prints the period. A table is a header line and the rows below it, up to the next
header or page; blank lines and notes (page numbers, sources, footnotes) may stand between its rows. Any other line is
text, and is read for one thing only: the suppression threshold.
"""

from __future__ import annotations

from collections.abc import Sequence
from hashlib import sha256
from pathlib import PurePath

from loaders.columns import without_empty_columns
from loaders.consistency import agree_on_period, check_headers
from loaders.formats.lines import PrintedLines
from loaders.formats.readers import read_lines
from loaders.headers import Header, is_average, is_header, is_header_without_tabs, read_header
from loaders.notes import is_note
from loaders.periods import is_range, read_period, read_period_in_title
from loaders.report import PrintedTable, Report
from loaders.row_forms import ends_in_figures, is_plain_row, looks_like_row, looks_like_row_without_tabs
from loaders.rows import check_rows, is_total, rows_with_illegible
from loaders.threshold import read_threshold
from loaders.wrapping import join_wrapped_headers, joined_label
from warehouse.errors import Complaints, Problem, printable, quoted
from warehouse.figures import is_figure
from warehouse.folding import fold, is_near
from warehouse.period import Period

_HEADER = "a header line: an empty field, the average, then months, parted by tabs"
_FEWEST_LINES_OF_FIGURES = 5
"""In a text without a header, from which they are a table that lost its form rather than numbers in a text."""
_LIKENESS = 0.8
"""Share of letters in common from which a line is taken for a damaged label rather than for text."""


def parse_report(content: bytes, file: str) -> Report:
    """Return the report that a file's bytes hold; `file` is its path as the user gave it.

    Raises RejectedReportError with every problem of the report's layout, sorted by line.
    """
    format_, printed = read_lines(content, file)
    scan = _Scan(printed, file)
    scan.run()
    complaints = scan.complaints
    if not scan.headers and not complaints:
        _complain_about_no_table(scan.text, complaints)
        raise complaints.rejection()
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
        file_format=format_.name,
        reader_version=format_.reader_version,
    )


def _complain_about_no_table(text: Sequence[tuple[int, str]], complaints: Complaints) -> None:
    """Complain about a text without a header: tools that take text out of a PDF leave figures whose parting is lost."""
    figures = [(number, line) for number, line in text if ends_in_figures(line) or is_figure(line)]
    if len(figures) < _FEWEST_LINES_OF_FIGURES:
        action = "give a report with tables, such as the publisher's own workbook"
        complaints.add(None, Problem("no table in the text", _HEADER, action))
        return
    number, line = figures[0]
    found = f"{len(figures):,} lines of figures without tabs or a header, the first {quoted(line.strip())}"
    action = "give the PDF or the workbook itself, where it is certain which figure stands in which column"
    complaints.add(number, Problem(found, _HEADER, action))


class _Scan:
    """One pass over the lines of a report. Indexes count from 0; where a line stands is told by its number."""

    def __init__(self, printed: PrintedLines, file: str) -> None:
        self.tables: list[PrintedTable] = []
        self.headers: list[tuple[int, Header]] = []
        self.periods: list[tuple[int, Period]] = []
        self.text: list[tuple[int, str]] = []
        self.saw_unreadable_period = False
        self._lines = join_wrapped_headers(printed.texts)
        self._numbers = printed.numbers
        self._places = printed.places
        self._columns_kept: dict[int, list[int] | None] = {}
        self.complaints = Complaints(file, self._place_of if printed.places else None)
        self._pages = 0
        # Rows without a header are one problem, however many they are; it is told at the first of them.
        self._in_stray_rows = False
        self._labels: set[str] | None = None

    def run(self) -> None:
        """Go through all lines."""
        index = 0
        while index < len(self._lines):
            line = self._lines[index]
            if not line or line.isspace():
                self._in_stray_rows = False
            elif (period := self._page_period(index)) is not None:
                self._begin_page(index, period)
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
        return (not label or label.isspace()) and is_header(fields.split("\t")) and not is_note(line)

    def _page_period(self, index: int) -> Period | Problem | None:
        """Return the period that the line prints above the tables of a page; None if it is another line.

        Two months with a dash between them head a page wherever they stand alone in a line. One month alone, or two
        months within a title, may as well be a cover page, a footer or a date of issue: it heads a page only where a
        header is the next line that is neither blank nor a note.
        """
        line = self._lines[index]
        period = read_period(line)
        if period is None:
            period = read_period_in_title(line)
            heads_a_page = period is not None and self._header_follows(index)
        else:
            heads_a_page = is_range(line) or self._header_follows(index)
        return period if heads_a_page else None

    def _header_follows(self, index: int) -> bool:
        following = self._next_printed(index + 1)
        return following < len(self._lines) and self._is_header(self._lines[following])

    def _next_printed(self, index: int) -> int:
        """Return the index of the next line, from `index` on, that is neither blank nor a note."""
        while index < len(self._lines) and (not self._lines[index].strip() or is_note(self._lines[index])):
            index += 1
        return index

    def _begin_page(self, index: int, period: Period | Problem) -> None:
        self._pages += 1
        self._in_stray_rows = False
        if isinstance(period, Period):
            self.periods.append((self._numbers[index], period))
        else:
            self.saw_unreadable_period = True
            self.complaints.add(self._numbers[index], period)

    def _read_line_without_tabs(self, index: int) -> None:
        line = self._lines[index]
        if is_note(line):
            self.text.append((self._numbers[index], line))
        elif is_header_without_tabs(line):
            action = "restore the tabs, or give the publisher's own workbook instead"
            self._complain(index, f"the header {quoted(line)} without tabs", _HEADER, action)
            self._in_stray_rows = True
        elif looks_like_row_without_tabs(line):
            if not self._in_stray_rows:
                self._complain_about_spaces(index)
            self._in_stray_rows = True
        else:
            self.text.append((self._numbers[index], line))

    def _read_table(self, index: int) -> int:
        """Read the table whose header is at `index`; return the index of the first line after it."""
        self._in_stray_rows = False
        _, _, header_text = self._lines[index].partition("\t")
        places, end = self._places_of_rows(index + 1, header_text.count("\t") + 1)
        header_text, rows, kept = without_empty_columns(header_text, [self._lines[place] for place in places])
        self._columns_kept |= {self._numbers[place]: kept for place in (index, *places)}
        header = read_header(header_text)
        self.headers.append((self._numbers[index], header))
        for problem in header.problems:
            self.complaints.add(self._numbers[index], problem)
        numbers = [self._numbers[place] for place in places]
        check_rows(self._numbers[index], header, numbers, rows, self.complaints)
        if rows:
            # A table that stands before any period line is on the first page all the same.
            where = tuple(self._places[place].with_figures(kept) for place in places) if self._places else None
            page = where[0].page_number if where else None
            legible = rows_with_illegible(rows, where)
            self.tables.append(PrintedTable(page or max(self._pages, 1), header_text, tuple(numbers), legible, where))
        return end

    def _places_of_rows(self, index: int, columns: int) -> tuple[list[int], int]:
        """Return the indexes of the rows of the table that begins at `index`, and of the first line after it."""
        lines = self._lines
        places: list[int] = []
        while index < len(lines):
            line = lines[index]
            if not line or line.isspace():
                following = self._next_printed(index)
                if not self._continues_table(following, columns, is_begun=bool(places)):
                    break
                self._keep_notes(index, following)
                index = following
                continue
            if is_plain_row(line):
                places.append(index)
                index += 1
                continue
            if self._page_period(index) is not None or self._is_header(line):
                break
            if is_note(line):
                self.text.append((self._numbers[index], line))
            elif "\t" not in line:
                if self._ends_in_text(index):
                    break
                if not self._join_label(index, places):
                    self._complain_about_spaces(index)
            elif line[0].isspace() and not line.partition("\t")[0].strip():
                found, expected = "a row without a label", "a label before the first tab"
                self._complain(index, found, expected, "restore the label")
                places.append(index)
            else:
                places.append(index)
            index += 1
        return places, index

    def _join_label(self, index: int, places: list[int]) -> bool:
        """Join a piece of a label with the row before or after it, and return whether it is a piece of one."""
        lines = self._lines
        after = lines[index + 1] if index + 1 < len(lines) else ""
        label_before, _, figures_before = lines[places[-1]].partition("\t") if places else ("", "", "")
        label_after, tab, figures_after = after.partition("\t")
        if is_total(label_after) or not label_after.strip():
            label_after = ""
        joined = joined_label(label_before, lines[index], label_after, self._is_label)
        if joined is None:
            return False
        label, is_of_next = joined
        if is_of_next:
            lines[index + 1] = f"{label}{tab}{figures_after}"
        else:
            lines[places[-1]] = f"{label}\t{figures_before}"
        return True

    def _continues_table(self, index: int, columns: int, *, is_begun: bool) -> bool:
        """Return whether the line after a gap is a row of the table above it: one of as many figures, but no total.

        A total row begins a table whose header is lost, unless it is the first row of this one.
        """
        if index >= len(self._lines):
            return False
        label, _, fields = self._lines[index].partition("\t")
        figures = fields.split("\t")
        is_row = bool(label.strip()) and len(figures) == columns and looks_like_row(figures)
        return is_row and is_total(label) != is_begun

    def _keep_notes(self, start: int, end: int) -> None:
        self.text += [
            (self._numbers[place], self._lines[place]) for place in range(start, end) if self._lines[place].strip()
        ]

    def _ends_in_text(self, index: int) -> bool:
        """Return whether the lines from `index` to the next gap are text below a table, and none of them a damaged row.

        A row that lost its figures or its tabs is known by its label, which stands in the report elsewhere too, or by
        the figures at its end. Lines in lower case or in brackets may be the rest of a label.
        """
        place = index
        while place < len(self._lines) and self._lines[place].strip():
            line = self._lines[place]
            if "\t" in line.strip() and not is_note(line):
                return self._is_header(line)
            if self._page_period(place) is not None:
                return True
            if not is_note(line) and (
                ends_in_figures(line)
                or looks_like_row_without_tabs(line)
                or line.strip()[0] in "(["
                or line.strip()[0].islower()
                or self._is_near_label(line)
            ):
                return False
            place += 1
        return True

    def _is_near_label(self, line: str) -> bool:
        """Return whether a line is, or begins with, the label of a row that is printed elsewhere in the report."""
        folded = fold(line)
        return any(
            label and (folded.startswith(label) or is_near(folded, label, _LIKENESS))
            for label in self._labels_of_rows()
        )

    def _is_label(self, text: str) -> bool:
        """Return whether a text is the label of a row that is printed elsewhere in the report."""
        return fold(text) in self._labels_of_rows()

    def _labels_of_rows(self) -> set[str]:
        if self._labels is None:
            rows = (line.partition("\t") for line in self._lines if "\t" in line)
            self._labels = {fold(label) for label, _, fields in rows if looks_like_row(fields.split("\t"))}
        return self._labels

    def _read_stray_row(self, index: int) -> None:
        """Complain about a row, or a header that lost its first field, outside any table; else it is text."""
        line = self._lines[index]
        label, _, fields = line.partition("\t")
        if is_average(label):
            found = f"the header {quoted(line)} without its empty first field"
            self._complain(index, found, _HEADER, "restore the tab before the average")
        elif is_note(line) or not looks_like_row(fields.split("\t")):
            self.text.append((self._numbers[index], line))
            return
        elif not self._in_stray_rows:
            found = f"the row {quoted(label)} outside any table"
            self._complain(index, found, f"{_HEADER}, above the row", "restore the header of the table")
        self._in_stray_rows = True

    def _complain_about_spaces(self, index: int) -> None:
        found = f"the line {quoted(self._lines[index])} without tabs"
        self._complain(index, found, "a label and its figures parted by tabs", "restore the tabs")

    def _place_of(self, number: int, column: int | None) -> str:
        """Return the place of the line of a number, and of its figure of a column (from 1), in a workbook or PDF."""
        kept = self._columns_kept.get(number)
        if column is not None:
            column = kept[column - 1] if kept and column <= len(kept) else column - 1
        return (self._places or ())[self._numbers.index(number)].cell(column)

    def _complain(self, index: int, found: str, expected: str, action: str) -> None:
        self.complaints.add(self._numbers[index], Problem(found, expected, action))
