"""DCAT-AP-NO metadata: a catalogue of the tables as data portals read it.

What the profile requires is there (`REQUIRED`); no claim is made that its SHACL shapes hold.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from publishers.files.documents import Document, Written
from publishers.files.labels import label_of_table
from publishers.files.provenance import STAR, TITLE, TITLE_EN, Provenance
from publishers.files.tables import Table

REQUIRED: Mapping[str, tuple[str, ...]] = {
    "dcat:Catalog": ("dct:title", "dct:description", "dct:identifier", "dct:publisher", "dcat:contactPoint"),
    "dcat:Dataset": (
        "dct:title", "dct:description", "dct:identifier", "dct:publisher", "dcat:contactPoint", "dcat:theme",
    ),
    "dcat:Distribution": ("dcat:accessURL",),
    "foaf:Agent": ("foaf:name",),
    "vcard:Organization": ("vcard:fn", "vcard:hasURL"),
}  # fmt: skip
"""Properties that DCAT-AP-NO 2 or 3 requires of each class. A contact point needs an address for mail or a page."""

_EU = "http://publications.europa.eu/resource/authority"
_CONTEXT = {
    "adms": "http://www.w3.org/ns/adms#",
    "dcat": "http://www.w3.org/ns/dcat#",
    "dct": "http://purl.org/dc/terms/",
    "foaf": "http://xmlns.com/foaf/0.1/",
    "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
    "spdx": "http://spdx.org/rdf/terms#",
    "vcard": "http://www.w3.org/2006/vcard/ns#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
}


@dataclass(frozen=True, slots=True)
class Form:
    """A format of files, by the names that the European Union and IANA have for it."""

    title: str
    file_type: str
    media_type: str
    standard: str | None = None


PARQUET = Form("Parquet", "PARQUET", "application/vnd.apache.parquet")
CSV = Form("CSV", "CSV", "text/csv")
EXCEL = Form("Excel", "XLSX", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet")
JSON_STAT = Form("JSON-stat 2", "JSON", "application/json", "https://json-stat.org/full/")
SDMX_CSV = Form("SDMX-CSV 2", "CSV", "text/csv", "https://github.com/sdmx-twg/sdmx-csv")


def catalogue(tables: Mapping[Table, Sequence[tuple[Form, Written]]], provenance: Provenance) -> Document:
    """Return the catalogue of tables, each with its files. Addresses are relative to that of the catalogue."""
    shared = {
        "dct:publisher": {"@id": "#publisher"},
        # An address of mail is not in the reports; the page that publishes them is.
        **({"dcat:contactPoint": {"@id": "#contact"}} if provenance.sources else {}),
        "dct:modified": {"@value": provenance.built_at_text, "@type": "xsd:dateTime"},
        "dcat:version": provenance.version,
        "dct:provenance": {
            "@type": "dct:ProvenanceStatement",
            "rdfs:label": f"Written by tiltak {provenance.version}, state of the project {provenance.project_state}",
        },
        "dct:language": [{"@id": f"{_EU}/language/NOB"}, {"@id": f"{_EU}/language/ENG"}],
        "dct:spatial": {"@id": f"{_EU}/country/NOR"},
        "dct:source": [{"@id": source} for source in provenance.sources],
    }
    licences = [licence.eu_url or licence.url for licence in provenance.licences]
    licence = {"dct:license": [{"@id": url} for url in licences if url]} if any(licences) else {}
    graph: list[Document] = [
        {
            "@id": "#catalogue",
            "@type": "dcat:Catalog",
            "dct:title": _texts(TITLE, TITLE_EN),
            "dct:description": [{"@value": f"{provenance.citation} {STAR}", "@language": "en"}],
            "dct:identifier": "tiltak",
            "dcat:themeTaxonomy": {"@id": f"{_EU}/data-theme"},
            "dcat:dataset": [{"@id": f"#{table.name}"} for table in tables],
            **shared,
            **licence,
        },
        *(_dataset(table, files, provenance, shared) for table, files in tables.items()),
        *(
            _distribution(table, form, file, licence, provenance)
            for table, files in tables.items()
            for form, file in files
        ),
        {"@id": "#publisher", "@type": "foaf:Agent", "foaf:name": provenance.publisher},
    ]
    if provenance.sources:
        graph.append(
            {
                "@id": "#contact",
                "@type": "vcard:Organization",
                "vcard:fn": provenance.publisher,
                "vcard:hasURL": {"@id": provenance.sources[0]},
            }
        )
    return {"@context": _CONTEXT, "@graph": graph}


def _dataset(table: Table, files: Sequence[tuple[Form, Written]], provenance: Provenance, shared: Document) -> Document:
    return {
        "@id": f"#{table.name}",
        "@type": "dcat:Dataset",
        "dct:title": _texts(*label_of_table(table.name)),
        "dct:description": [{"@value": f"{table.comment} Edition: {provenance.edition}.", "@language": "en"}],
        "dct:identifier": f"tiltak/{table.name}",
        "dct:bibliographicCitation": provenance.citation,
        "dcat:theme": {"@id": f"{_EU}/data-theme/SOCI"},
        "dct:accessRights": {"@id": f"{_EU}/access-right/PUBLIC"},
        "dct:accrualPeriodicity": {"@id": f"{_EU}/frequency/MONTHLY"},
        "dct:temporal": {
            "@type": "dct:PeriodOfTime",
            "dcat:startDate": _date(f"{provenance.period_start:%Y-%m}", "gYearMonth"),
            "dcat:endDate": _date(f"{provenance.period_end:%Y-%m}", "gYearMonth"),
        },
        "dcat:distribution": [{"@id": _distribution_id(table, form)} for form, _ in files],
        **shared,
    }


def _distribution(table: Table, form: Form, file: Written, licence: Document, provenance: Provenance) -> Document:
    return {
        "@id": _distribution_id(table, form),
        "@type": "dcat:Distribution",
        "dct:title": _texts(form.title, form.title),
        "dcat:accessURL": {"@id": file.path},
        "dcat:downloadURL": {"@id": file.path},
        "dct:format": {"@id": f"{_EU}/file-type/{form.file_type}"},
        "dcat:mediaType": {"@id": f"https://www.iana.org/assignments/media-types/{form.media_type}"},
        "dcat:byteSize": {"@value": str(file.byte_count), "@type": "xsd:nonNegativeInteger"},
        "dct:modified": {"@value": provenance.built_at_text, "@type": "xsd:dateTime"},
        "adms:status": {"@id": f"{_EU}/distribution-status/COMPLETED"},
        "spdx:checksum": {
            "@type": "spdx:Checksum",
            "spdx:algorithm": {"@id": "spdx:checksumAlgorithm_sha256"},
            "spdx:checksumValue": {"@value": file.sha256, "@type": "xsd:hexBinary"},
        },
        **({"dct:conformsTo": {"@id": form.standard}} if form.standard else {}),
        **(licence or {"dct:rights": {"@type": "dct:RightsStatement", "rdfs:label": f"Licence: {provenance.licence}"}}),
    }


def _distribution_id(table: Table, form: Form) -> str:
    return f"#{table.name}-{form.title.lower().replace(' ', '-')}"


def _texts(norwegian: str, english: str) -> list[Document]:
    return [{"@value": norwegian, "@language": "nb"}, {"@value": english, "@language": "en"}]


def _date(text: str, kind: str) -> Document:
    return {"@value": text, "@type": f"xsd:{kind}"}
