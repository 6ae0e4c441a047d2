"""The files to take away that stand in the site's own folder, so that links to them work wherever it is copied."""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

import duckdb

from publishers.files import dcat
from publishers.files.datapackage import datapackage
from publishers.files.labels import label_of_table
from publishers.files.provenance import Provenance, provenance_of
from publishers.files.tables import Table, file_tables
from publishers.files.writing import WORKBOOK, paths_of, write_files
from publishers.site.texts import Text
from publishers.site.wording import Wording, spaced

FOLDER = "files"
"""Where they stand in the site's folder."""

_FORMS = (dcat.CSV, dcat.PARQUET, dcat.JSON_STAT, dcat.SDMX_CSV)
"""The formats of which a table has a file, in the order in which they are listed."""
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
    """A table and its files, one in each format that it has."""

    name: str
    files: Sequence[Download]


@dataclass(frozen=True, slots=True)
class DownloadList:
    """What a page offers to take away."""

    workbook: Download
    rows: Sequence[DownloadRow]
    measure_code: str | None
    """The measure that the page is about, by which the rows of the files are told apart."""
    descriptions: Sequence[tuple[str, str, str]]
    """Address, name and purpose of each file that describes the others; empty on the page of a measure."""


@dataclass(frozen=True, slots=True)
class Downloads:
    """The files of a site."""

    folder: Path
    tables: Sequence[Table]

    def of_all(self, wording: Wording) -> DownloadList:
        """Return every file."""
        descriptions = [(_address(wording, path), path, wording.say(key)) for path, key in _DESCRIPTIONS.items()]
        return self._list(wording, self.tables, None, descriptions)

    def of_measure(self, wording: Wording, code: str, breakdowns: Iterable[object]) -> DownloadList:
        """Return the files with the figures of a measure's page, whose sections are `breakdowns`."""
        names = ["participants", *(f"participants_by_{breakdown}" for breakdown in breakdowns)]
        by_name = {table.name: table for table in self.tables}
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
            paths = paths_of(table)
            files = [self._download(wording, form.title, paths[form]) for form in _FORMS if form in paths]
            rows.append(DownloadRow(wording.name(Text(*label_of_table(table.name))), files))
        workbook = self._download(wording, wording.say("workbook"), WORKBOOK)
        return DownloadList(workbook, rows, measure_code, descriptions)

    def _download(self, wording: Wording, name: str, path: str) -> Download:
        size = round((self.folder / path).stat().st_size / 1000)
        return Download(_address(wording, path), name, f"{spaced(max(size, 1))} kB")


def put_downloads(
    tables: duckdb.DuckDBPyConnection, folder: Path, source: Path, published: Path | None = None
) -> Downloads:
    """Put the files into the folder of the site: hard links to those in `published` if they are of the same build.

    Otherwise they are written. Raises as `write_files` and `provenance_of`.
    """
    provenance, readers = provenance_of(tables, source), file_tables(tables)
    place = folder / FOLDER
    if published is None or not _shared(published, place, provenance):
        place.mkdir()
        write_files(place, tables, readers, provenance)
    return Downloads(place, readers)


def _shared(published: Path, place: Path, provenance: Provenance) -> bool:
    """Make `place` a copy of the folder `published` by hard links; return whether it is there and of the same build."""
    expected = datapackage([], provenance)
    try:
        # Another publisher may switch the link, and remove the folder that it led to.
        folder = published.resolve(strict=True)
        found = json.loads((folder / "datapackage.json").read_text(encoding="utf-8"))
        if any(found[key] != expected[key] for key in ("provenance", "editions")):
            return False
        shutil.copytree(folder, place, copy_function=os.link)
    except (OSError, shutil.Error, ValueError, KeyError):
        shutil.rmtree(place, ignore_errors=True)
        return False
    return True


def _address(wording: Wording, path: str) -> str:
    return f"{'' if wording.language == 'nb' else '../'}{FOLDER}/{path}"
