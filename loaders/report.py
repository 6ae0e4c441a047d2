"""The records that the loader makes of a report file: what is printed, and where."""

from __future__ import annotations

from dataclasses import dataclass

from loaders.formats.lines import Place
from warehouse.period import Period


@dataclass(frozen=True, slots=True)
class PrintedTable:
    r"""One header block: a header line and the rows below it, up to the next header or page.

    Rows are kept as printed, not cell by cell: a hundred editions hold a quarter of a million cells, and the
    database takes rows apart faster than Python does.
    """

    page_number: int
    """Counts the period lines above, from 1."""
    header: str
    r"""Labels of the figure columns as printed, joined by tabs: "Gjennom snitt hittil i år\tJanuar\t…"."""
    line_numbers: tuple[int, ...]
    """Line of each row in the file, from 1; blank lines and notes may stand between rows."""
    rows: tuple[str, ...]
    r"""A label, then as many figures as the header has labels, joined by tabs; the total row is the first."""
    places: tuple[Place, ...] | None = None
    """Where each row stands in a workbook; None where the line says so."""

    @property
    def first_line(self) -> int:
        """Return the line of the total row."""
        return self.line_numbers[0]

    @property
    def cell_count(self) -> int:
        """Return how many figures the table prints."""
        return len(self.rows) * (self.header.count("\t") + 1)


@dataclass(frozen=True, slots=True)
class Report:
    """One report file whose layout is sound."""

    file_name: str
    """Name without its folder."""
    sha256: str
    """Of the file's bytes, 64 hexadecimal digits."""
    byte_count: int
    period: Period
    suppression_threshold: int
    """Numbers below this are printed as `*`."""
    tables: tuple[PrintedTable, ...]
    """In the order printed; table_number is the position, from 1."""
    file_format: str = "text"
    """Kind of file it was read from, as `raw.reports.file_format` gives it."""
    reader_version: str | None = None
    """Libraries that read it, with their versions; None where the loader reads it by itself."""

    @property
    def report_id(self) -> str:
        """Return the key, which follows from the content alone: the same file always has the same."""
        return f"{self.period.end:%Y-%m}_{self.sha256[:12]}"

    @property
    def has_pages(self) -> bool:
        """Return whether the file itself has pages, as against periods that begin them."""
        places = self.tables[0].places
        return places is not None and places[0].page_number is not None

    @property
    def labels(self) -> set[str]:
        """Return the labels of all rows, each once."""
        return {row.partition("\t")[0] for table in self.tables for row in table.rows}

    @property
    def cell_count(self) -> int:
        """Return how many figures the report prints."""
        return sum(table.cell_count for table in self.tables)
