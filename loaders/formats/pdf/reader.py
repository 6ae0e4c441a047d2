"""The reader of PDFs: those with text by their characters, others as scans."""

from __future__ import annotations

from dataclasses import replace

from loaders.formats.lines import PrintedLines
from loaders.formats.pdf.document import PicturesOnlyError, read_pages
from loaders.formats.pdf.tables import lines_of_tables
from loaders.formats.pdf.words import lines_of
from warehouse.errors import Complaints


def read_pdf(content: bytes, file: str) -> PrintedLines:
    """Return the lines that the pages of a PDF print; see `Reader`."""
    try:
        pages = read_pages(content, file)
    except PicturesOnlyError:
        from loaders.formats.scan.reader import read_scan

        return replace(read_scan(content, file), file_format="scan")
    complaints = Complaints(file)
    lines = lines_of_tables(lines_of(pages), complaints)
    if complaints:
        raise complaints.rejection()
    return lines
