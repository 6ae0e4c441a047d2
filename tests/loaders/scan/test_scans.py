"""A scan gives the same printed cells as the text of the report, or is refused with its page, line and column."""

from __future__ import annotations

import io
import struct
import time
import zlib
from dataclasses import replace
from pathlib import Path

import pytest

from loaders.commands import main as load
from loaders.formats.lines import Place
from loaders.parsing import parse_report
from loaders.report import Report
from tests.database_files import query
from tests.editions import make_figures, render
from tests.loaders.pdf.layouts import PdfLayout
from tests.loaders.pdf.printing import Printed, printed
from tests.loaders.pdf.writers import WithReportlab
from tests.loaders.printed_tables import short
from tests.loaders.report_texts import complaints_about, rows_of
from tests.loaders.scan.scanning import Scan, as_pdf, as_picture, pages_of
from tests.sample import SAMPLE

LAYOUT = PdfLayout(font="Vera", label_width=210, padding=4, repeated="header")


def small() -> Printed:
    return printed(short(render(make_figures(7, 2024), 3)), LAYOUT, WithReportlab)


def figures_of(report: Report) -> list[tuple[str, ...]]:
    return [figures for _, figures in rows_of(report)]


def test_the_sample_scanned_at_200_dpi_gives_the_cells_of_its_text() -> None:
    pdf = printed(SAMPLE.read_text(encoding="utf-8"), replace(LAYOUT, bold_totals=False), WithReportlab)
    scan = Scan()
    report = parse_report(as_pdf(pages_of(pdf.content, scan), scan), "report.pdf")
    assert figures_of(report) == [figures for _, figures in pdf.rows]
    assert (report.file_format, report.suppression_threshold, len(report.period.months)) == ("scan", 4, 4)


@pytest.mark.parametrize(
    "scan",
    [
        Scan(dpi=300, photocopied=True),
        Scan(dpi=200, stripes=True, rulings=True),
        Scan(dpi=150, noise=10, seed=1),
        Scan(dpi=100, blur=0.7, seed=2),
    ],
    ids=["photocopied", "ruled and striped", "noisy", "coarse"],
)
def test_no_figure_of_a_bad_scan_is_read_wrong(scan: Scan) -> None:
    pdf = small()
    content = as_pdf(pages_of(pdf.content, scan), scan)
    if messages := complaints_about(content):
        assert scan.dpi < 200
        assert all("report.txt:page " in message or "scan again at 200 dpi or more" in message for message in messages)
    else:
        assert figures_of(parse_report(content, "report.pdf")) == [figures for _, figures in pdf.rows]


def test_a_picture_is_told_by_its_content_and_places_are_those_of_the_scan() -> None:
    pdf, scan = small(), Scan(askew=0)
    reports = [
        parse_report(as_picture(pages_of(pdf.content, scan), scan, "TIFF"), "report.pdf"),
        parse_report(as_pdf(pages_of(pdf.content, replace(scan, askew=2)), scan), "report"),
    ]
    text = parse_report(pdf.content, "report.pdf")
    for report in reports:
        assert (report.file_format, rows_of(report)[:3]) == ("scan", rows_of(text)[:3])
        assert figures_of(report) == figures_of(text)
    for place, printed_place in zip(reports[0].tables[0].places or (), text.tables[0].places or (), strict=True):
        for box, printed_box in zip(place.boxes or (), printed_place.boxes or (), strict=True):
            assert box is not None
            assert printed_box is not None
            assert box.right == pytest.approx(printed_box.right, abs=3)
            assert box.bottom == pytest.approx(printed_box.bottom, abs=4)


def smudged_place() -> Place:
    """Return the place of a row of the second page; its second figure is the one that is smudged."""
    return (parse_report(small().content, "report.pdf").tables[0].places or ())[2]


def smudged() -> bytes:
    box = (smudged_place().boxes or ())[1]
    assert box is not None
    scan = Scan(askew=0, smudge=(box.right - 6, box.top, box.right - 1, box.bottom))
    return as_pdf(pages_of(small().content, scan), scan)


def test_a_smudged_figure_lands_as_illegible_with_what_was_read_there(tmp_path: Path) -> None:
    (path := tmp_path / "report.pdf").write_bytes(smudged())
    database = tmp_path / "tiltak.duckdb"
    assert load([str(path), "--database", str(database)]) == 0
    [(line, column, text, readings)] = query(
        database,
        "select line_on_page, column_number, value_text, readings from raw.cells where reading_state = 'read_once'",
    )
    assert (line, column, text, len(readings)) == (smudged_place().line_on_page, 2, "?", 3)
    others = query(
        database,
        "select value_text, readings, reading_state from raw.cells where reading_state <> 'read_once' order by all",
    )
    assert len(others) == sum(len(figures) for _, figures in small().rows) - 1
    for text, readings, state in others:
        assert state == "read_twice"
        assert text.replace(" ", "") in readings


def test_a_scan_with_too_many_illegible_figures_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("loaders.formats.scan.reader._MOST_ILLEGIBLE", 0)
    [message] = complaints_about(smudged())
    assert "found 1 figure of 280 on which no two readings agree; expected at most 0% of the figures; scan" in message


def large_png(side: int) -> bytes:
    """Return a PNG of so many dots a side, all black, in a few bytes."""

    def part(name: bytes, content: bytes) -> bytes:
        return struct.pack(">I", len(content)) + name + content + struct.pack(">I", zlib.crc32(name + content))

    rows = zlib.compress(bytes(side * (side // 8 + 1)))
    head = struct.pack(">IIBBBBB", side, side, 1, 0, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + part(b"IHDR", head) + part(b"IDAT", rows) + part(b"IEND", b"")


def cut_off() -> bytes:
    scan = Scan(dpi=60)
    picture = as_picture(pages_of(small().content, scan), scan, "JPEG")
    return picture[: len(picture) // 2]


def blank() -> bytes:
    opened = io.BytesIO()
    next(pages_of(small().content, Scan(dpi=60))).point(lambda _: 255).save(opened, "PNG")
    return opened.getvalue()


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (large_png(20_000), "found a picture of more than 50 megapixels on page 1; expected a page scanned at 200"),
        (cut_off(), "found a damaged picture; expected a whole PNG, JPEG, TIFF or PDF"),
        (b"\x89PNG\r\n\x1a\n" + bytes(40), "found a damaged picture"),
        (blank(), "found no table in the text"),
    ],
    ids=["400 megapixels", "cut off", "no picture", "blank"],
)
def test_what_is_no_scan_of_a_report_is_refused_quickly_in_one_message(content: bytes, message: str) -> None:
    start = time.monotonic()
    [only] = complaints_about(content)
    assert message in only
    assert time.monotonic() - start < 60
