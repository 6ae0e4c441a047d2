"""The reader of PDFs with a text layer."""

from __future__ import annotations

from loaders.formats.lines import PrintedLines
from loaders.formats.pdf.document import read_pages
from loaders.formats.pdf.tables import lines_of_tables
from loaders.formats.pdf.words import lines_of
from warehouse.errors import Complaints


def read_pdf(content: bytes, file: str) -> PrintedLines:
    """Return the lines that the pages of a PDF print; see `Reader`."""
    complaints = Complaints(file)
    lines = lines_of_tables(lines_of(read_pages(content, file)), complaints)
    if complaints:
        raise complaints.rejection()
    return lines
