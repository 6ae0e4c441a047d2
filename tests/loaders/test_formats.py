"""Another kind of file comes in by a reader and a row of one table; all that follows the reader stays as it is."""

from __future__ import annotations

import gzip

import pytest

from loaders.formats import readers
from loaders.formats.kinds import kind_of
from loaders.formats.lines import PrintedLines
from loaders.formats.text import read_text
from loaders.parsing import parse_report
from tests.loaders.report_texts import complaints_about, excerpt, parsed


def read_gzip(content: bytes, file: str) -> PrintedLines:
    """Return the lines of a packed text, numbered in tens."""
    unpacked = read_text(gzip.decompress(content), file)
    return PrintedLines(unpacked.texts, [10 * number for number in unpacked.numbers])


@pytest.fixture
def packed(monkeypatch: pytest.MonkeyPatch) -> bytes:
    """Return a small report in a kind of file that is read by one more row of the table."""
    content = gzip.compress(excerpt("stars").encode())
    monkeypatch.setattr(readers, "FORMATS", (*readers.FORMATS, readers.Format("gzip", kind_of(content), read_gzip)))
    return content


def test_the_reader_for_the_kind_of_the_content_reads_it(packed: bytes) -> None:
    report, text = parse_report(packed, "report.txt"), parsed(excerpt("stars"))
    assert [table.rows for table in report.tables] == [table.rows for table in text.tables]
    assert (report.period, report.suppression_threshold) == (text.period, text.suppression_threshold)


def test_lines_keep_the_places_that_their_reader_gives_them(packed: bytes) -> None:
    report, text = parse_report(packed, "report.gz"), parsed(excerpt("stars"))
    assert [list(table.line_numbers) for table in report.tables] == [
        [10 * number for number in table.line_numbers] for table in text.tables
    ]
    damaged = excerpt("stars").replace("\tJanuar\t", "\tJanuary\t")
    [in_text] = complaints_about(damaged)
    [in_packed] = complaints_about(gzip.compress(damaged.encode()))
    place = int(in_text.split(":")[1])
    assert in_packed == in_text.replace(f":{place}:", f":{place}0:")


@pytest.mark.usefixtures("packed")
def test_messages_follow_the_table() -> None:
    [message] = complaints_about(b"GIF89a")
    assert "found a picture that is no PNG, JPEG or TIFF; expected text, an Excel workbook, " in message
    assert " or a gzip archive; " in message
