"""The Frictionless data package: what each CSV file holds, from the tables' own types, constraints and comments."""

from __future__ import annotations

from collections.abc import Iterable

from publishers.files.documents import Document, Written
from publishers.files.labels import label_of_table
from publishers.files.plain import TIME_FORMAT
from publishers.files.provenance import TITLE, TITLE_EN, Provenance
from publishers.files.tables import Column, Kind, Table

_TYPES = {
    Kind.TEXT: "string",
    Kind.INTEGER: "integer",
    Kind.NUMBER: "number",
    Kind.BOOLEAN: "boolean",
    Kind.DATE: "date",
    Kind.TIME: "datetime",
}


def datapackage(files: Iterable[tuple[Table, Written]], provenance: Provenance) -> Document:
    """Return the data package of the CSV files of tables."""
    licences = [
        {
            "name": licence.spdx_id or licence.name,
            "title": licence.name,
            **({"path": licence.url} if licence.url else {}),
        }
        for licence in provenance.licences
    ]
    return {
        "profile": "tabular-data-package",
        "name": "tiltak",
        "title": f"{TITLE_EN} ({TITLE})",
        "description": provenance.citation,
        "version": provenance.version,
        "created": provenance.built_at_text,
        **({"licenses": licences} if licences else {}),
        "contributors": [{"title": name, "role": "publisher"} for name in provenance.publishers],
        "sources": [{"title": f"{provenance.publisher}: {TITLE}", "path": source} for source in provenance.sources],
        "provenance": provenance.as_texts(),
        "editions": [
            {"report_id": edition.report_id, "title": str(edition)} for edition in provenance.editions
        ],
        "resources": [_resource(table, file) for table, file in files],
    }  # fmt: skip


def _resource(table: Table, file: Written) -> Document:
    return {
        "profile": "tabular-data-resource",
        "name": table.name,
        "title": label_of_table(table.name).english,
        "description": table.comment,
        "path": file.path,
        "format": "csv",
        "mediatype": "text/csv",
        # The byte order mark, by which Excel knows UTF-8, is no part of the first name.
        "encoding": "utf-8-sig",
        "bytes": file.byte_count,
        "hash": f"sha256:{file.sha256}",
        "dialect": {"delimiter": ",", "quoteChar": '"', "doubleQuote": True, "header": True, "lineTerminator": "\n"},
        "schema": {
            "fields": [_field(column, table) for column in table.columns],
            **({"primaryKey": list(table.key)} if table.key else {}),
            "missingValues": [""],
            "checks": list(table.checks),
        },
    }


def _field(column: Column, table: Table) -> Document:
    constraints = {
        **({"required": True} if column.is_required or column.name in table.key else {}),
        **({"unique": True} if table.key == (column.name,) else {}),
    }
    return {
        "name": column.name,
        "type": _TYPES[column.kind],
        **({"format": TIME_FORMAT} if column.kind is Kind.TIME else {}),
        "description": column.comment,
        **({"constraints": constraints} if constraints else {}),
    }
