"""Croissant metadata: what machine-learning tools read to load the Parquet files."""

from __future__ import annotations

from collections.abc import Sequence

from publishers.files.documents import Document, Written
from publishers.files.provenance import STAR, TITLE, TITLE_EN, Provenance
from publishers.files.tables import Column, Kind, Table

CONFORMS_TO = "http://mlcommons.org/croissant/1.0"
_TYPES = {
    Kind.TEXT: "sc:Text",
    Kind.INTEGER: "sc:Integer",
    Kind.NUMBER: "sc:Float",
    Kind.BOOLEAN: "sc:Boolean",
    Kind.DATE: "sc:Date",
    Kind.TIME: "sc:DateTime",
}
_TERMS = (
    "citeAs", "column", "equivalentProperty", "extract", "field", "fileObject", "fileProperty", "fileSet", "format",
    "includes", "isLiveDataset", "jsonPath", "key", "md5", "parentField", "path", "recordSet", "references", "regex",
    "repeated", "replace", "samplingRate", "separator", "source", "subField", "transform",
)  # fmt: skip
_CONTEXT: Document = {
    "@language": "en",
    "@vocab": "https://schema.org/",
    "sc": "https://schema.org/",
    "cr": "http://mlcommons.org/croissant/",
    "rai": "http://mlcommons.org/croissant/RAI/",
    "dct": "http://purl.org/dc/terms/",
    "conformsTo": "dct:conformsTo",
    "data": {"@id": "cr:data", "@type": "@json"},
    "dataType": {"@id": "cr:dataType", "@type": "@vocab"},
    "examples": {"@id": "cr:examples", "@type": "@json"},
    **{term: f"cr:{term}" for term in _TERMS},
}


def croissant(files: Sequence[tuple[Table, Written]], provenance: Provenance) -> Document:
    """Return the metadata of the Parquet files of tables."""
    licences = [licence.url or licence.name for licence in provenance.licences]
    return {
        "@context": _CONTEXT,
        "@type": "sc:Dataset",
        "conformsTo": CONFORMS_TO,
        "name": "tiltak",
        "alternateName": TITLE,
        "description": f"{TITLE_EN}, as NAV's monthly reports print them: {provenance.edition}. {STAR}",
        "version": provenance.version,
        "datePublished": provenance.built_at_text,
        "temporalCoverage": f"{provenance.period_start:%Y-%m}/{provenance.period_end:%Y-%m}",
        "inLanguage": ["nb", "en"],
        "citeAs": provenance.citation,
        "creditText": f"Edition: {provenance.edition}. State of the project: {provenance.project_state}.",
        **({"license": licences} if licences else {}),
        "publisher": [{"@type": "sc:Organization", "name": name} for name in provenance.publishers],
        "creator": [{"@type": "sc:Organization", "name": name} for name in provenance.publishers],
        # Where the files themselves stand is not known here; the reports stand there.
        **({"url": provenance.sources[0]} if provenance.sources else {}),
        "isBasedOn": list(provenance.sources),
        "distribution": [_file(table, file) for table, file in files],
        "recordSet": [_records(table) for table, _ in files],
    }


def _file(table: Table, file: Written) -> Document:
    return {
        "@type": "cr:FileObject",
        "@id": file.path,
        "name": file.path,
        "description": table.comment,
        "contentUrl": file.path,
        "contentSize": f"{file.byte_count} B",
        "encodingFormat": "application/x-parquet",
        "sha256": file.sha256,
    }


def _records(table: Table) -> Document:
    return {
        "@type": "cr:RecordSet",
        "@id": table.name,
        "name": table.name,
        "description": table.comment,
        "key": [{"@id": f"{table.name}/{name}"} for name in table.key],
        "field": [_field(column, table) for column in table.columns],
    }


def _field(column: Column, table: Table) -> Document:
    return {
        "@type": "cr:Field",
        "@id": f"{table.name}/{column.name}",
        "name": column.name,
        "description": column.comment,
        "dataType": _TYPES[column.kind],
        "source": {"fileObject": {"@id": f"{table.name}.parquet"}, "extract": {"column": column.name}},
    }
