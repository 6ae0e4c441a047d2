"""The files to take away that stand in the site's own folder, so that links to them work wherever it is copied."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

import duckdb

from publishers.files import dcat
from publishers.files.documents import Written
from publishers.files.labels import label_of_table
from publishers.files.provenance import provenance_of
from publishers.files.tables import Table, file_tables
from publishers.files.writing import WrittenFiles, write_files
from publishers.site.texts import Text
from publishers.site.wording import Wording, spaced

FOLDER = "files"
"""Where they stand in the site's folder."""

_FORMS = (dcat.CSV, dcat.PARQUET, dcat.JSON_STAT, dcat.SDMX_CSV)
"""The formats that have a file per table, in the order in which they are listed."""
_DESCRIPTIONS = {
    "datapackage.json": "about_datapackage",
    "sdmx/structure.xml": "about_sdmx_structure",
    "croissant.json": "about_croissant",
    "dcat-ap-no.jsonld": "about_dcat",
    "README.md": "about_readme",
}
"""The files that describe the others, and the text that says what each is for."""


@dataclass(frozen=True, slots=True)
class Download:
    """A file as a page links to it."""

    address: str
    """Where it is from the page."""
    name: str
    size: str


@dataclass(frozen=True, slots=True)
class DownloadRow:
    """A table and its files by format; None where the table has none in a format."""

    name: str
    files: Sequence[Download | None]


@dataclass(frozen=True, slots=True)
class DownloadList:
    """What a page offers to take away."""

    workbook: Download
    forms: Sequence[str]
    rows: Sequence[DownloadRow]
    measure_code: str | None
    """The measure that the page is about, by which the rows of the files are told apart."""
    descriptions: Sequence[tuple[str, str, str]]
    """Address, name and purpose of each file that describes the others; empty on the page of a measure."""


@dataclass(frozen=True, slots=True)
class Downloads:
    """The files of a site."""

    written: WrittenFiles

    def of_all(self, wording: Wording) -> DownloadList:
        """Return every file."""
        descriptions = [(_address(wording, path), path, wording.say(key)) for path, key in _DESCRIPTIONS.items()]
        return self._list(wording, self.written.of_tables, None, descriptions)

    def of_measure(self, wording: Wording, code: str, breakdowns: Iterable[object]) -> DownloadList:
        """Return the files with the figures of a measure's page, whose sections are `breakdowns`."""
        names = ["participants", *(f"participants_by_{breakdown}" for breakdown in breakdowns)]
        by_name = {table.name: table for table in self.written.of_tables}
        return self._list(wording, [by_name[name] for name in names], code, [])

    def _list(
        self,
        wording: Wording,
        tables: Iterable[Table],
        measure_code: str | None,
        descriptions: Sequence[tuple[str, str, str]],
    ) -> DownloadList:
        rows = []
        for table in tables:
            files = self.written.of_tables[table]
            links = [_download(wording, form.title, files[form]) if form in files else None for form in _FORMS]
            rows.append(DownloadRow(wording.name(Text(*label_of_table(table.name))), links))
        workbook = _download(wording, wording.say("workbook"), self.written.workbook)
        return DownloadList(workbook, [form.title for form in _FORMS], rows, measure_code, descriptions)


def write_downloads(tables: duckdb.DuckDBPyConnection, folder: Path, source: Path) -> Downloads:
    """Write the files into the folder of the site. Raises as `write_files` and `provenance_of`."""
    provenance = provenance_of(tables, source)
    (folder / FOLDER).mkdir()
    return Downloads(write_files(folder / FOLDER, tables, file_tables(tables), provenance))


def _download(wording: Wording, name: str, file: Written) -> Download:
    size = f"{spaced(max(round(file.byte_count / 1000), 1))} kB"
    return Download(_address(wording, file.path), name, size)


def _address(wording: Wording, path: str) -> str:
    return f"{'' if wording.language == 'nb' else '../'}{FOLDER}/{path}"
