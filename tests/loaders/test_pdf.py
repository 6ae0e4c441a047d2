"""A PDF gives the same printed lines as the text of the report, whatever its layout, or a message with its place."""

from __future__ import annotations

import io
import zlib
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from reportlab.lib import pdfencrypt
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfgen.canvas import Canvas

from loaders.commands import main
from loaders.parsing import parse_report
from loaders.report import Report
from tests.database_files import query
from tests.editions import make_figures, render
from tests.loaders.pdf.layouts import GRID, LAYOUTS, PdfLayout, random_layout
from tests.loaders.pdf.printing import printed
from tests.loaders.pdf.writers import WithFpdf, WithReportlab
from tests.loaders.printed_tables import Row, short
from tests.loaders.report_texts import complaints_about, parsed, rows_of, rows_of_table
from tests.sample import SAMPLE


@pytest.mark.parametrize("library", [WithReportlab, WithFpdf])
@pytest.mark.parametrize("name", LAYOUTS)
def test_every_layout_gives_the_rows_that_it_prints(name: str, library: type[WithReportlab | WithFpdf]) -> None:
    months = 1 + list(LAYOUTS).index(name) * 5 % 12
    layout = LAYOUTS[name]
    pdf = printed(short(render(make_figures(months, 2024), months)), layout, library)
    report = parse_report(pdf.content, "report.pdf")
    assert rows_of(report) == [(label, tuple(map(layout.shown, figures))) for label, figures in pdf.rows]
    assert (report.file_format, report.suppression_threshold, len(report.period.months)) == ("pdf", 4, months)


@pytest.mark.parametrize("rotation", [90, 180, 270])
def test_pages_may_be_turned_for_display(rotation: int) -> None:
    pdf = printed(short(render(make_figures(3, 2018), 4)), PdfLayout(rotation=rotation), WithReportlab)
    report = parse_report(pdf.content, "report.pdf")
    assert rows_of(report) == pdf.rows
    upright = printed(short(render(make_figures(3, 2018), 4)), PdfLayout(), WithReportlab)
    assert boxes_of(report) == pytest.approx(boxes_of(parse_report(upright.content, "report.pdf")), abs=0.01)


def boxes_of(report: Report) -> list[float]:
    return [
        side
        for table in report.tables
        for place in table.places or ()
        for box in place.boxes or ()
        for side in box or ()
    ]


@pytest.mark.parametrize("seed", range(12))
def test_no_figure_is_read_wrong_in_any_layout(seed: int) -> None:
    layout, months = random_layout(seed), 1 + seed * 7 % 12
    library = WithReportlab if seed % 2 else WithFpdf
    if library is WithFpdf:
        layout = replace(layout, rotation=0)
    pdf = printed(short(render(make_figures(seed, 2024 if seed % 3 else 2019), months)), layout, library)
    if not complaints_about(pdf.content):
        figures = [row for _, row in rows_of(parse_report(pdf.content, "report.pdf"))]
        assert figures == [tuple(map(layout.shown, row)) for _, row in pdf.rows]


def test_the_sample_gives_the_cells_of_its_text_and_their_places(tmp_path: Path) -> None:
    text = SAMPLE.read_text(encoding="utf-8")
    pdf = printed(text, replace(GRID, font="Vera", header_lines=2, bold_totals=False), WithReportlab)
    (path := tmp_path / "report.pdf").write_bytes(pdf.content)
    database = tmp_path / "tiltak.duckdb"
    assert main([str(path), "--database", str(database)]) == 0
    # The text begins a table anew on each page, with its total; the PDF has each table on one page.
    rows: list[Row] = []
    total: Row | None = None
    for table in parsed(text).tables:
        first, *others = rows_of_table(table)
        rows += others if first == total else [first, *others]
        total = first
    cells = query(
        database,
        "select row_label, value_text, page_number, line_on_page, box_left, box_top, box_right, box_bottom, sheet_name "
        "from raw.cells order by line_number, column_number",
    )
    assert [(label, value) for label, value, *_ in cells] == [(label, value) for label, row in rows for value in row]
    for _, value, page, line, left, top, right, bottom, sheet in cells:
        assert 2 <= page <= 60
        assert 1 <= line <= 60
        assert right - left == pytest.approx(pdfmetrics.stringWidth(value, "Vera", 8), abs=2.5)
        assert 40 < top < bottom < 842
        assert sheet is None


HEADER = ("Gjennomsnitt hittil i år", "Januar", "Februar", "Mars", "April")
ROWS: list[Row] = [
    ("I alt", ("19 014", "18 793", "19 060", "19 163", "19 039")),
    ("Arbeid med støtte", ("5 283", "5 297", "5 278", "5 263", "5 295")),
    ("Jobbklubb", ("1 118", "1 137", "1 192", "1 093", "1 050")),
    ("Mentor over 4 år", ("302", "297", "290", "300", "322")),
    ("Oppfølging", ("8 472", "*", "8 503", "8 527", "8 452")),
]
NOTE = "NAV har valgt å erstatte verdier i celler hvor tallene er mindre enn 4 med spesialtegn «*»."


def drawn(
    rows: list[Row] = ROWS, draw: Callable[[Canvas], object] = lambda _: None, *, pitch: float = 60, font: str = "Vera"
) -> bytes:
    """Return a PDF with one table, and what else is drawn on its page."""
    file = io.BytesIO()
    canvas = Canvas(file, invariant=True)
    canvas.setFont(font, 8)
    canvas.drawString(40, 800, NOTE)
    canvas.drawString(40, 780, "Januar 2024 - April 2024")
    canvas.setFont(font, 4)
    rights = [220 + pitch * column for column in range(5)]
    for heading, right in zip(HEADER, rights, strict=True):
        canvas.drawRightString(right, 760, heading)
    canvas.setFont(font, 8)
    for place, (label, figures) in enumerate(rows):
        canvas.drawString(40, 745 - 12 * place, label)
        for figure, right in zip(figures, rights, strict=True):
            canvas.drawRightString(right, 745 - 12 * place, figure)
    draw(canvas)
    canvas.showPage()
    canvas.save()
    return file.getvalue()


def changed(row: int, column: int, figure: str) -> bytes:
    rows = list(ROWS)
    label, figures = rows[row]
    rows[row] = (label, (*figures[:column], figure, *figures[column + 1 :]))
    return drawn(rows)


def test_a_digit_in_a_label_is_no_figure() -> None:
    assert rows_of(parse_report(drawn(), "report.pdf")) == ROWS


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (changed(1, 2, ""), "page 1, line 5: found an empty cell in column 3 (Februar)"),
        (changed(3, 2, "l2"), 'page 1, line 7: found the character "l"'),
        (changed(2, 2, "1 1\U0001f9fe2"), "page 1, line 6: found "),
        (changed(2, 2, "\U0001f9fe 192"), "page 1, line 6: found "),
        (changed(2, 0, "\U0001f9fe 118"), "page 1, line 6: found "),
        (changed(2, 2, "1 19"), "page 1, line 6: found figures that stand in no column"),
        (drawn([*ROWS[1:], ROWS[0]]), "page 1, line 4: found the row"),
        (
            drawn([(label, ("12 118", "137 118", "1", "192", "118")) for label, _ in ROWS], pitch=20),
            "page 1, line 4: found ",
        ),
    ],
)
def test_a_complaint_names_page_and_line(content: bytes, message: str) -> None:
    [first, *_] = complaints_about(content)
    assert first.startswith(f"report.txt:{message}")


def overprint(canvas: Canvas) -> None:
    canvas.drawRightString(340, 733, "4 278")


def marked(canvas: Canvas) -> None:
    canvas.setFont("Vera", 5)
    canvas.drawString(340.2, 736, "1")


def searchable(canvas: Canvas) -> None:
    text = canvas.beginText(40, 600)
    text.setTextRenderMode(3)
    text.textLine("4 278")
    canvas.drawText(text)


def twice(canvas: Canvas) -> None:
    canvas.drawRightString(340.3, 733, "5 278")


def test_the_mark_of_a_footnote_is_no_digit() -> None:
    rows = rows_of(parse_report(drawn(draw=marked), "report.pdf"))
    assert rows[1][1][2] == "5 278¹"
    assert [row for place, row in enumerate(rows) if place != 1] == [
        row for place, row in enumerate(ROWS) if place != 1
    ]


def test_letters_drawn_twice_are_bold() -> None:
    assert rows_of(parse_report(drawn(draw=twice), "report.pdf")) == ROWS


def encrypted(password: str) -> bytes:
    file = io.BytesIO()
    canvas = Canvas(file, encrypt=pdfencrypt.StandardEncryption(password, ownerPassword="owner", strength=128))
    canvas.drawString(40, 800, NOTE)
    canvas.save()
    return file.getvalue()


def of_pages(count: int) -> bytes:
    file = io.BytesIO()
    canvas = Canvas(file)
    for _ in range(count):
        canvas.drawString(40, 800, NOTE)
        canvas.showPage()
    canvas.save()
    return file.getvalue()


def of_objects(*objects: bytes) -> bytes:
    """Return a PDF of one page with its contents in the first of `objects`, number 4."""
    content, places = b"%PDF-1.7\n", []
    whole = (
        b"<< /Type /Catalog /Pages 2 0 R /OpenAction << /S /URI /URI (http://127.0.0.1:9/) >> >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R "
        b"/Resources << /XObject << /F 5 0 R >> >> >>",
        *objects,
    )
    for number, item in enumerate(whole, start=1):
        places.append(len(content))
        content += b"%d 0 obj\n%s\nendobj\n" % (number, item)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    end = b"trailer\n<< /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (len(whole) + 1, len(content))
    return content + b"xref\n0 %d\n0000000000 65535 f \n" % (len(whole) + 1) + table + end


def stream(content: bytes, about: bytes = b"") -> bytes:
    return b"<< %s /Length %d >>\nstream\n%s\nendstream" % (about, len(content), content)


def nested(depth: int) -> bytes:
    """Return a PDF in which forms draw forms ten times each."""
    forms = [
        stream(
            b"/F Do " * 10,
            b"/Type /XObject /Subtype /Form /BBox [0 0 9 9] /Resources << /XObject << /F %d 0 R >> >>" % n,
        )
        for n in range(6, 6 + depth)
    ]
    return of_objects(
        stream(b"/F Do " * 10), *forms, stream(b"BT ET", b"/Type /XObject /Subtype /Form /BBox [0 0 9 9]")
    )


def flipped() -> bytes:
    content = bytearray(drawn())
    place = content.index(b"stream") + 60
    content[place] = ord("!") if content[place] != ord("!") else ord("#")
    return bytes(content)


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (drawn()[:-200], "found a PDF that is cut off"),
        (drawn()[: len(drawn()) // 2] + b"\n%%EOF", "found a damaged PDF"),
        (flipped(), "found a damaged PDF"),
        (b"%PDF-1.7\n%%EOF", "found a damaged PDF"),
        (encrypted("secret"), "found a PDF that a password protects"),
        (of_pages(501), "found a PDF of 501 pages; expected at most 500"),
        (
            of_objects(stream(zlib.compress(b" " * 100_000_000), b"/Filter /FlateDecode")),
            "found a PDF that unpacks to more",
        ),
        (nested(14), "found a PDF that cannot be read within the time and memory of a report"),
        (of_objects(stream(b"")), "found a PDF without text"),
        (drawn(draw=searchable), "page 1: found text that is not displayed"),
        (drawn(draw=overprint), "page 1, line 5: found "),
        (of_pages(1), "found no table in the text"),
    ],
)
def test_what_is_no_plain_pdf_is_refused_in_one_message(content: bytes, message: str) -> None:
    messages = complaints_about(content)
    assert message in messages[0]
    assert len(messages) == 1


def test_a_pdf_that_only_its_owner_may_edit_can_be_read() -> None:
    assert "found no table" in complaints_about(encrypted(""))[0]


def test_a_scan_says_the_one_command_where_nothing_reads_scans(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("loaders.formats.scan.reader.is_installed", lambda: False)
    pictures = [b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff\xe0", b"II*\x00", drawn_without_text()]
    for picture in pictures:
        [message] = complaints_about(picture)
        assert "found a scan, and nothing that reads scans is installed; " in message
        assert message.endswith("run `make scan` once, then load the report again")


def drawn_without_text() -> bytes:
    """Return a PDF with a rectangle on its page."""
    opened = io.BytesIO()
    canvas = Canvas(opened)
    canvas.rect(50, 50, 100, 100)
    canvas.save()
    return opened.getvalue()
