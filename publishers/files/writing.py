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


def write_files(folder: Path, build: duckdb.DuckDBPyConnection, tables: list[Table], provenance: Provenance) -> None:
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
    _write_metadata(target, files, sheets)
    (folder / "README.md").write_text(guide(tables, provenance), encoding="utf-8", newline="\n")


def _has_rows(table: Table) -> bool:
    return table.has_figures and table.row_count > 0


def paths_of(table: Table) -> dict[dcat.Form, str]:
    """Return where the files of a table stand in the folder, by format: those formats that have a file for each."""
    paths = {dcat.PARQUET: f"{table.name}.parquet", dcat.CSV: f"{table.name}.csv"}
    if table.is_cube and _has_rows(table):
        paths[dcat.JSON_STAT] = f"json-stat/{table.name}.json"
    if _has_rows(table):
        paths[dcat.SDMX_CSV] = f"sdmx/{table.name}.csv"
    return paths


def _write_table(target: _Folder, table: Table) -> dict[dcat.Form, Written]:
    paths = paths_of(table)
    write_parquet(target.path / paths[dcat.PARQUET], target.build, table, target.provenance)
    write_csv(target.path / paths[dcat.CSV], target.build, table)
    if dcat.JSON_STAT in paths:
        document = cube(target.build, table, target.provenance)
        write_json(target.path / paths[dcat.JSON_STAT], document, indent=None)
    if dcat.SDMX_CSV in paths:
        write_sdmx_csv(target.path / paths[dcat.SDMX_CSV], target.build, Flow(table))
    return {form: target.written(path) for form, path in paths.items()}


def _write_structure(target: _Folder, flows: list[Flow]) -> None:
    lists: dict[str, list[Code]] = {}
    for flow in flows:
        for column in flow.dimensions:
            codes = codes_of(target.build, flow.table, column.name)
            lists[component(column)] = merged([lists.get(component(column), []), codes])
    (target.path / "sdmx" / "structure.xml").write_bytes(structure(flows, lists, target.provenance))


def _write_metadata(target: _Folder, files: dict[Table, dict[dcat.Form, Written]], sheets: list[Sheet]) -> None:
    csv_files = [(table, each[dcat.CSV]) for table, each in files.items()]
    write_json(target.path / "datapackage.json", datapackage(csv_files, target.provenance))
    parquet_files = [(table, each[dcat.PARQUET]) for table, each in files.items()]
    write_json(target.path / "croissant.json", croissant(parquet_files, target.provenance))
    workbook = (dcat.EXCEL, target.written(WORKBOOK))
    in_workbook = {sheet.table for sheet in sheets if sheet.name is not None}
    distributions = {
        table: [*each.items(), *([workbook] if table in in_workbook else [])] for table, each in files.items()
    }
    write_json(target.path / "dcat-ap-no.jsonld", dcat.catalogue(distributions, target.provenance))
