"""Set an edition's tables on pages as a layout says."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace

from tests.loaders.pdf.layouts import PdfLayout
from tests.loaders.pdf.writers import Pages, Text, left_of
from tests.loaders.printed_tables import Row, Tables, tables_of_text


@dataclass
class Printed:
    """A PDF, and the rows that it prints."""

    content: bytes
    rows: list[Row] = field(default_factory=list)


NOTE = (
    "I henhold til Statistikklovens § 7-1 har NAV valgt å erstatte verdier i celler hvor tallene er mindre enn "
    "{threshold} med spesialtegn «*». Dette for å sikre at verdiene ikke kan føres tilbake til identifiserbare "
    "enkeltpersoner."
)
_HEADINGS = {
    1: ["Gjennomsnitt hittil i år"],
    2: ["Gjennomsnitt", "hittil i år"],
    3: ["Gjennom-", "snitt hittil", "i år"],
}


class _Printer:
    """Sets an edition's tables on pages."""

    def __init__(self, layout: PdfLayout, pages: Pages, period: str) -> None:
        self.layout = layout
        self.pages = pages
        self.period = period
        self.texts: list[Text] = []
        self.rows: list[Row] = []
        self.number = 0
        self.y = 0.0
        self.page_width, self.page_height = 595.0, 842.0
        self.margin = 40.0

    def text(
        self, x: float, y: float, text: str, *, size: float | None = None, bold: bool = False, edge: str = "left"
    ) -> None:
        size = size or self.layout.size
        spacing = self.layout.letter_space
        if not (self.layout.letter_by_letter or spacing) or not text:
            self.texts.append(Text(x, y, text, size, bold, edge))
            return
        widths = [self.pages.width(char, size, is_bold=bold) + spacing for char in text]
        start = left_of(Text(x, y, text, size, bold, edge), sum(widths) - spacing)
        for char, width in zip(text, widths, strict=True):
            if char != " ":
                self.texts.append(Text(start, y, char, size, bold, "left"))
            start += width

    def width(self, text: str, *, size: float | None = None, bold: bool = False) -> float:
        return self.pages.width(text, size or self.layout.size, is_bold=bold) + len(text) * self.layout.letter_space

    def begin_page(self) -> None:
        self.number += 1
        self.texts = []
        self.text(self.margin, 28, "NAV // Statistikk: Tiltaksdeltakere", size=7)
        self.text(self.page_width - self.margin, 28, "Publisert 3. mai 2024", size=7, edge="right")
        self.y = 55.0

    def end_page(self) -> None:
        layout = self.layout
        self.text(self.margin, self.page_height - 22, "Kilde: NAV", size=7)
        self.text(self.page_width - self.margin, self.page_height - 22, f"Side {self.number}", size=7, edge="right")
        texts = self.texts
        if layout.figures_first:
            texts = sorted(texts, key=lambda text: not text.text[:1].isdecimal())
        if self.number % 2 == 0:
            texts = [replace(text, x=text.x + layout.shift) for text in texts]
        self.pages.page(self.page_width, self.page_height, layout.rotation, texts, is_turned=layout.is_turned)

    def lines_of(self, label: str, *, bold: bool) -> list[str]:
        """Return a label wrapped to its column."""
        if not self.layout.wrapped:
            return [label]
        lines = [""]
        for word in label.split(" "):
            longer = f"{lines[-1]} {word}".strip()
            if lines[-1] and self.width(longer, bold=bold) > self.layout.label_width - 8:
                lines.append(word)
            else:
                lines[-1] = longer
        return lines

    def x_of(self, column: int, left: float, edge: str) -> float:
        start = left + self.layout.label_width + column * self.layout.column_width
        return (
            start + {"left": 2.0, "right": self.layout.column_width - 2, "centre": self.layout.column_width / 2}[edge]
        )

    def header(self, header: list[str], left: float, y: float) -> float:
        layout = self.layout
        average = _HEADINGS[layout.header_lines]
        step = layout.header_size * 1.25
        count = len(average)
        for column, heading in enumerate(layout.ordered(["", *header[1:]])):
            lines = [heading] if heading else average
            free = count - len(lines)
            first = {"top": 0, "middle": free // 2, "bottom": free}[layout.header_valign]
            for place, line in enumerate(lines, start=first):
                x = self.x_of(column, left, layout.header_edge)
                self.text(
                    x, y + place * step, line, size=layout.header_size, bold=layout.bold_totals, edge=layout.header_edge
                )
        return y + count * step + 4

    def height(self, label: str) -> float:
        return len(self.lines_of(label, bold=True)) * self.layout.leading + self.layout.padding

    def row(self, row: Row, left: float, y: float, *, bold: bool) -> float:
        layout = self.layout
        label, figures = row
        lines = self.lines_of(label, bold=bold)
        for place, line in enumerate(lines):
            self.text(left, y + place * layout.leading, line, bold=bold)
        extra = (len(lines) - 1) * layout.leading
        down = {"top": 0.0, "middle": extra / 2, "bottom": extra}[layout.figures_valign]
        for column, figure in enumerate(layout.ordered(list(figures))):
            shown = figure.replace(" ", layout.thousands)
            self.text(self.x_of(column, left, layout.edge), y + down, shown, bold=bold, edge=layout.edge)
        return y + len(lines) * layout.leading + layout.padding

    def print(self, tables: Tables, threshold: int) -> None:
        layout = self.layout
        self.begin_page()
        words, line = NOTE.format(threshold=threshold).split(" "), ""
        for word in words:
            if self.width(f"{line} {word}", size=9) > self.page_width - 2 * self.margin:
                self.text(self.margin, self.y, line, size=9)
                self.y += 12
                line = word
            else:
                line = f"{line} {word}".strip()
        self.text(self.margin, self.y, line, size=9)
        self.end_page()
        self.begin_page()
        if layout.beside:
            self._print_beside(tables)
        else:
            self._print_below(tables)
        self.end_page()

    def _title(self, number: int, label: str) -> None:
        self.text(self.margin, self.y, self.period, size=10, bold=True)
        self.y += 16
        if self.layout.with_titles:
            self.text(self.margin, self.y, f"Tabell {number}. {label} fordelt etter kjennetegn", size=9, bold=True)
            self.y += 16

    def _print_below(self, tables: Tables) -> None:
        layout = self.layout
        bottom = self.page_height - 50
        for number, (header, rows) in enumerate(tables, start=1):
            needed = 60 + layout.header_lines * layout.header_size * 1.25 + 2 * (layout.leading * 3 + layout.padding)
            whole = needed + sum(self.height(label) for label, _ in rows)
            is_full = layout.tables_per_page and number > 1 and (number - 1) % layout.tables_per_page == 0
            if is_full or self.y + (whole if layout.tables_per_page else needed) > bottom:
                self.end_page()
                self.begin_page()
            self._title(number, rows[0][0])
            self.y = self.header(header, self.margin, self.y) + 8
            for place, row in enumerate(rows):
                if self.y + self.height(row[0]) > bottom:
                    self.end_page()
                    self.begin_page()
                    self.text(self.margin, self.y, self.period, size=10, bold=True)
                    self.y += 24
                    if layout.repeated != "nothing":
                        self.y = self.header(header, self.margin, self.y) + 8
                    if layout.repeated == "total":
                        self.y = self.row(rows[0], self.margin, self.y, bold=layout.bold_totals)
                        self.rows.append(rows[0])
                self.y = self.row(row, self.margin, self.y, bold=layout.bold_totals and place == 0)
                self.rows.append(row)
            if layout.with_notes:
                self.text(self.margin, self.y + 4, "1) Foreløpige tall for 2024.", size=7)
                self.y += 10
            self.y += 14

    def _print_beside(self, tables: Tables) -> None:
        layout = self.layout
        bottom = self.page_height - 50
        columns = len(tables[0][0])
        second = self.margin + layout.label_width + columns * layout.column_width + 25
        for number in range(0, len(tables), 2):
            pair = tables[number : number + 2]
            whole = 80 + max(sum(self.height(label) for label, _ in rows) for _, rows in pair)
            if self.y + whole > bottom:
                self.end_page()
                self.begin_page()
            self.text(self.margin, self.y, self.period, size=10, bold=True)
            self.y += 18
            lefts = [self.margin, second]
            starts = [self.header(header, left, self.y) + 8 for (header, _), left in zip(pair, lefts, strict=False)]
            ends = []
            for (_, rows), left, start in zip(pair, lefts, starts, strict=False):
                y = start
                for place, row in enumerate(rows):
                    y = self.row(row, left, y, bold=layout.bold_totals and place == 0)
                    self.rows.append(row)
                ends.append(y)
            self.y = max(ends) + 16


def printed(text: str, layout: PdfLayout, library: Callable[[str], Pages], threshold: int = 4) -> Printed:
    """Return an edition's text as a PDF."""
    period, tables = tables_of_text(text)
    pages = library(layout.font)
    printer = _Printer(layout, pages, period)
    # Headings that would run into each other are set in smaller letters, over more lines.
    room = layout.column_width - 5
    spaces = 12 * layout.letter_space

    def runs_over(heading: str, size: float) -> bool:
        return pages.width(heading, size, is_bold=True) + spaces > room

    while layout.header_lines < 3 and runs_over(max(_HEADINGS[layout.header_lines], key=len), layout.header_size):
        layout = replace(layout, header_lines=layout.header_lines + 1)
    while runs_over("snitt hittil", layout.header_size) or runs_over("September", layout.header_size):
        layout = replace(layout, header_size=layout.header_size * 0.95)
        if layout.header_size < 3.5:
            layout = replace(layout, column_width=layout.column_width * 1.1, header_size=layout.size * 0.8)
            room = layout.column_width - 5
    labels = {row[0] for _, rows in tables for row in rows}
    if not layout.wrapped:
        widest = max(printer.width(label, bold=True) for label in labels)
        layout = replace(layout, label_width=max(layout.label_width, widest + 8))
    printer.layout = layout
    columns = len(tables[0][0])
    needed = 80 + (layout.label_width + columns * layout.column_width) * (2 if layout.beside else 1) + 30
    if needed > printer.page_width:
        printer.page_width, printer.page_height = max(842.0, needed), 595.0
    if layout.beside:
        tallest = max(sum(printer.height(label) for label, _ in rows) for _, rows in tables)
        printer.page_height = max(printer.page_height, tallest + 200)
    printer.print(tables, threshold)
    return Printed(pages.content(), printer.rows)
