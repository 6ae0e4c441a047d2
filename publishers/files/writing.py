"""Write all files of a build into a folder."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import duckdb
from tqdm import tqdm

from publishers.files import dcat
from publishers.files.codes import Code, codes_of, merged
from publishers.files.croissant import croissant
from publishers.files.datapackage import datapackage
from publishers.files.documents import Written, write_json, written
from publishers.files.guide import guide
from publishers.files.json_stat import cube
from publishers.files.plain import write_csv, write_parquet
from publishers.files.provenance import Provenance
from publishers.files.sdmx import Flow, component, write_sdmx_csv
from publishers.files.sdmx_structure import structure
from publishers.files.tables import Table
from publishers.files.workbook import Sheet, sheets_of, write_workbook

WORKBOOK = "tiltak.xlsx"


@dataclass(frozen=True, slots=True)
class _Folder:
    """The folder that is being filled, and the build that fills it."""

    path: Path
    build: duckdb.DuckDBPyConnection
    provenance: Provenance

    def written(self, name: str) -> Written:
        return written(self.path, name)


@dataclass(frozen=True, slots=True)
class WrittenFiles:
    """The files of a folder that hold figures."""

    of_tables: dict[Table, dict[dcat.Form, Written]]
    """The files of each table by format."""
    workbook: Written


def write_files(
    folder: Path, build: duckdb.DuckDBPyConnection, tables: list[Table], provenance: Provenance
) -> WrittenFiles:
    """Write the tables of a build into an empty folder, in every format, with their metadata.

    A table of figures without rows has no cube and no SDMX file, as it has no codes.

    Raises duckdb.Error, OSError where a file cannot be written, or DatabaseError for a value that a format has
    nothing for.
    """
    target = _Folder(folder, build, provenance)
    for name in ("json-stat", "sdmx"):
        (folder / name).mkdir()
    files = {
        table: _write_table(target, table)
        for table in tqdm(tables, desc="publishing", unit=" tables", delay=1, leave=False, disable=None)
    }
    _write_structure(target, [Flow(table) for table in tables if _has_rows(table)])
    sheets = sheets_of(tables)
    write_workbook(folder / WORKBOOK, build, sheets, provenance)
    found = WrittenFiles(files, target.written(WORKBOOK))
    _write_metadata(target, found, sheets)
    (folder / "README.md").write_text(guide(tables, provenance), encoding="utf-8", newline="\n")
    return found


def _has_rows(table: Table) -> bool:
    return table.has_figures and table.row_count > 0


def _write_table(target: _Folder, table: Table) -> dict[dcat.Form, Written]:
    """Write a table in the formats that have a file for each; return these files by format."""
    names = {dcat.PARQUET: f"{table.name}.parquet", dcat.CSV: f"{table.name}.csv"}
    write_parquet(target.path / names[dcat.PARQUET], target.build, table, target.provenance)
    write_csv(target.path / names[dcat.CSV], target.build, table)
    if table.is_cube and _has_rows(table):
        names[dcat.JSON_STAT] = f"json-stat/{table.name}.json"
        document = cube(target.build, table, target.provenance)
        write_json(target.path / names[dcat.JSON_STAT], document, indent=None)
    if _has_rows(table):
        names[dcat.SDMX_CSV] = f"sdmx/{table.name}.csv"
        write_sdmx_csv(target.path / names[dcat.SDMX_CSV], target.build, Flow(table))
    return {form: target.written(name) for form, name in names.items()}


def _write_structure(target: _Folder, flows: list[Flow]) -> None:
    lists: dict[str, list[Code]] = {}
    for flow in flows:
        for column in flow.dimensions:
            codes = codes_of(target.build, flow.table, column.name)
            lists[component(column)] = merged([lists.get(component(column), []), codes])
    (target.path / "sdmx" / "structure.xml").write_bytes(structure(flows, lists, target.provenance))


def _write_metadata(target: _Folder, found: WrittenFiles, sheets: list[Sheet]) -> None:
    files = found.of_tables
    csv_files = [(table, each[dcat.CSV]) for table, each in files.items()]
    write_json(target.path / "datapackage.json", datapackage(csv_files, target.provenance))
    parquet_files = [(table, each[dcat.PARQUET]) for table, each in files.items()]
    write_json(target.path / "croissant.json", croissant(parquet_files, target.provenance))
    workbook = (dcat.EXCEL, found.workbook)
    in_workbook = {sheet.table for sheet in sheets if sheet.name is not None}
    distributions = {
        table: [*each.items(), *([workbook] if table in in_workbook else [])] for table, each in files.items()
    }
    write_json(target.path / "dcat-ap-no.jsonld", dcat.catalogue(distributions, target.provenance))
