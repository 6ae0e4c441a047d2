"""The table of the kinds of files that can be read."""

from __future__ import annotations

from dataclasses import dataclass
from importlib.metadata import version

from loaders.formats.kinds import OLD_WORKBOOK, OPEN_SHEET, PDF, PICTURE, TEXT, WORKBOOK, Kind, kind_of
from loaders.formats.lines import PrintedLines, Reader
from loaders.formats.text import read_text
from warehouse.errors import Problem, rejected


@dataclass(frozen=True, slots=True)
class Format:
    """A kind of file that can be read."""

    name: str
    """As `raw.reports.file_format` gives it."""
    kind: Kind
    read: Reader
    libraries: tuple[str, ...] = ()
    """Names of the packages that read it; none where the loader reads it by itself."""

    @property
    def reader_version(self) -> str | None:
        """Return the libraries with their versions, as `raw.reports.reader_version` gives them."""
        return ", ".join(f"{library} {version(library)}" for library in self.libraries) or None


def _read_workbook(content: bytes, file: str) -> PrintedLines:
    # Spreadsheets are read by libraries that take longer to import than a text takes to load.
    from loaders.formats.sheets.workbook import read_workbook

    return read_workbook(content, file)


def _read_old_sheets(content: bytes, file: str) -> PrintedLines:
    from loaders.formats.sheets.old_sheets import read_old_sheets

    return read_old_sheets(content, file)


def _read_pdf(content: bytes, file: str) -> PrintedLines:
    from loaders.formats.pdf.reader import read_pdf

    return read_pdf(content, file)


def _read_scan(content: bytes, file: str) -> PrintedLines:
    from loaders.formats.scan.reader import read_scan

    return read_scan(content, file)


FORMATS = (
    Format("text", TEXT, read_text),
    Format("excel", WORKBOOK, _read_workbook, ("openpyxl",)),
    Format("excel", OLD_WORKBOOK, _read_old_sheets, ("python-calamine",)),
    Format("excel", OPEN_SHEET, _read_old_sheets, ("python-calamine",)),
    Format("pdf", PDF, _read_pdf, ("pypdfium2",)),
    Format("scan", PICTURE, _read_scan, ("tesserocr", "opencv-python-headless", "pypdfium2")),
)
"""Each kind once."""


def read_lines(content: bytes, file: str) -> tuple[Format, PrintedLines]:
    """Return the format of a file's bytes and the lines that they print; `file` is named in messages.

    A PDF whose pages are pictures is a scan.

    Raises RejectedReportError where no reader reads that kind, or the reader refuses the content.
    """
    kind = kind_of(content)
    for known in FORMATS:
        if known.kind == kind:
            printed = known.read(content, file)
            if printed.file_format is None:
                return known, printed
            return next(other for other in FORMATS if other.name == printed.file_format), printed
    *some, last = (known.kind.name for known in FORMATS)
    readable = f"{', '.join(some)} or {last}" if some else last
    raise rejected(file, Problem(kind.name, readable, kind.action))
