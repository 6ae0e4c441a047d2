"""What the library of a format reads is valid to it, and equals the table, stars included."""

from __future__ import annotations

import json
from datetime import date, datetime
from pathlib import Path
from typing import Any

import frictionless
import mlcroissant
import pandas as pd
import pytest
import rdflib
from pyjstat import pyjstat
from pysdmx.io import get_datasets, read_sdmx
from pysdmx.io.pd import PandasDataset
from pysdmx.model.dataflow import Schema

from publishers.files import dcat
from tests.publishers.files_to_take import CUBES, TABLES, Taken, in_any_order

_BASE = "https://example.org/files/"
_DCAT = rdflib.Namespace("http://www.w3.org/ns/dcat#")
_DCT = rdflib.Namespace("http://purl.org/dc/terms/")


def test_frictionless_finds_the_package_valid(taken: Taken) -> None:
    """Types, required columns, keys, sizes and digests."""
    report = frictionless.validate(str(taken.folder / "datapackage.json"))
    assert report.valid, report.flatten(["title", "fieldName", "note"])
    assert report.stats["tasks"] == len(TABLES)


@pytest.mark.parametrize("table", TABLES)
def test_frictionless_reads_the_table(taken: Taken, table: str) -> None:
    package = frictionless.Package(str(taken.folder / "datapackage.json"))
    read = [row.to_dict() for row in package.get_resource(table).read_rows()]
    assert in_any_order(read) == in_any_order(taken.rows(table))


def test_frictionless_finds_a_wrong_type_and_a_changed_file(taken: Taken) -> None:
    descriptor = json.loads((taken.folder / "datapackage.json").read_text(encoding="utf-8"))
    [resource] = [each for each in descriptor["resources"] if each["name"] == "participants_by_county"]
    [field] = [each for each in resource["schema"]["fields"] if each["name"] == "participants_text"]
    field["type"] = "integer"
    resource["hash"] = f"sha256:{'0' * 64}"
    report = frictionless.Package(descriptor, basepath=str(taken.folder)).validate()
    assert {title for (title,) in report.flatten(["title"])} >= {"Type Error", "Hash Count Error"}


@pytest.mark.parametrize("table", CUBES)
def test_pyjstat_reads_the_table(taken: Taken, table: str) -> None:
    text = (taken.folder / "json-stat" / f"{table}.json").read_text(encoding="utf-8")
    cube = pyjstat.Dataset.read(text)
    frame = cube.write("dataframe", naming="id")
    thing = [name for name in taken.key(table) if name not in ("month", "measure_code")]
    read = {
        (row["month"], row["measure_code"], *(row[name] for name in thing), row["contents"]): _whole(row["value"])
        for row in frame.to_dict("records")
    }
    rows = taken.rows(table)
    expected = {
        (f"{row['month']:%Y-%m}", row["measure_code"], *(row[name] for name in thing), content): row[content]
        for row in rows
        for content in ("participants", "participants_lower", "participants_upper")
    }
    assert {key: value for key, value in read.items() if key in expected} == expected
    assert {value for key, value in read.items() if key not in expected} <= {None}
    stars = [row for row in rows if row["status"] == "suppressed"]
    assert list(cube["status"].values()) == [":"] * len(stars)


def test_pysdmx_finds_the_structure_valid_and_complete(taken: Taken) -> None:
    """Against the XML schemas of SDMX 3.0, which pysdmx has with it."""
    message = read_sdmx(taken.folder / "sdmx" / "structure.xml", validate=True)
    assert len(message.get_dataflows()) == len(message.get_data_structure_definitions()) == len(TABLES) - 1
    [codes] = [each for each in message.get_codelists() if each.id == "CL_COUNTY_CODE"]
    counties = {code.id: code.name for code in codes.items}
    assert counties["03"] == "Oslo"
    annotations = {note.id: note for note in message.get_dataflows()[0].annotations}
    assert annotations["LICENCE"].text is not None


@pytest.mark.parametrize("table", [table for table in TABLES if table != "reports"])
def test_pysdmx_reads_the_table_by_its_structure(taken: Taken, table: str) -> None:
    sdmx = taken.folder / "sdmx"
    [inferred] = get_datasets(sdmx / f"{table}.csv", sdmx / "structure.xml")
    schema = inferred.structure
    assert isinstance(schema, Schema)
    # pysdmx 1.21 infers numbers before it knows the structure, which makes 3 of county 03: read as texts, all is there.
    frame = PandasDataset(structure=schema, data=_as_texts(sdmx / f"{table}.csv")).data
    assert inferred.data.shape == frame.shape
    assert [each.id for each in schema.components if each.id not in frame.columns] == []
    assert schema.components["OBS_STATUS"].required
    names = {name.upper(): name for name in taken.names(table)} | {"TIME_PERIOD": "month", "OBS_VALUE": "participants"}
    columns = [name for name in frame.columns if name in names]
    read = [{name: _text(row[name]) for name in columns} for row in frame.to_dict("records")]
    expected = [{name: _text(row[names[name]]) for name in columns} for row in taken.rows(table)]
    assert in_any_order(read) == in_any_order(expected)
    stars = frame[frame["OBS_STATUS"] == "Q"]
    assert set(stars["CONF_STATUS"]) <= {"A"}
    assert stars["OBS_VALUE"].isna().all()
    assert len(stars) == sum(row["status"] == "suppressed" for row in taken.rows(table))
    for each in schema.components:
        if each.enumeration is not None:
            assert set(frame[each.id]) <= {code.id for code in each.enumeration}, each.id


@pytest.mark.parametrize("table", TABLES)
def test_mlcroissant_reads_the_table(taken: Taken, table: str) -> None:
    dataset = mlcroissant.Dataset(str(taken.folder / "croissant.json"))
    assert not dataset.metadata.ctx.issues.errors
    assert not dataset.metadata.ctx.issues.warnings
    read = [
        {name.removeprefix(f"{table}/"): _plain(value) for name, value in record.items()}
        for record in dataset.records(table)
    ]
    expected = [{name: _plain(value) for name, value in row.items()} for row in taken.rows(table)]
    assert in_any_order(read) == in_any_order(expected)


def test_rdflib_finds_the_required_properties_of_each_resource(taken: Taken) -> None:
    """By a list of our own, as the shapes of DCAT-AP-NO are in no package."""
    text = (taken.folder / "dcat-ap-no.jsonld").read_text(encoding="utf-8")
    graph = rdflib.Graph().parse(data=text, format="json-ld", publicID=_BASE)
    prefixes = json.loads(text)["@context"]

    def full(name: str) -> rdflib.URIRef:
        prefix, _, rest = name.partition(":")
        return rdflib.URIRef(prefixes[prefix] + rest)

    for kind, names in dcat.REQUIRED.items():
        resources = list(graph.subjects(rdflib.RDF.type, full(kind)))
        assert resources, kind
        for resource in resources:
            assert [name for name in names if (resource, full(name), None) not in graph] == [], resource
    [catalogue] = graph.subjects(rdflib.RDF.type, _DCAT.Catalog)
    datasets = set(graph.objects(catalogue, _DCAT.dataset))
    assert datasets == set(graph.subjects(rdflib.RDF.type, _DCAT.Dataset))
    assert len(datasets) == len(TABLES)
    for resource in datasets:
        for name in (_DCT.title, _DCT.description):
            texts = list(graph.objects(resource, name))
            languages = [text.language for text in texts if isinstance(text, rdflib.Literal)]
            assert all(languages), "a text without a language"
            assert len(set(languages)) == len(texts)
    for address in graph.objects(None, _DCAT.downloadURL):
        assert (taken.folder / str(address).removeprefix(_BASE)).is_file()


def _as_texts(file: Path) -> pd.DataFrame:
    return pd.read_csv(file, dtype=str, keep_default_na=False).drop(columns=["STRUCTURE", "STRUCTURE_ID", "ACTION"])


def _whole(value: Any) -> int | None:  # noqa: ANN401 - what pandas holds
    return None if pd.isna(value) else int(value)


def _text(value: Any) -> str | None:  # noqa: ANN401 - a value of any column
    """Return a value as SDMX has it, None for nothing."""
    if value is None or value != value or value is pd.NA or value == "":
        return None
    if isinstance(value, date):
        return f"{value:%Y-%m}"
    return str(int(value)) if isinstance(value, int | float) else str(value)


def _plain(value: Any) -> Any:  # noqa: ANN401 - a value of any column
    """Return a value as Python has it, whatever pandas makes of it."""
    if isinstance(value, bytes):
        return value.decode()
    if isinstance(value, datetime | date):
        return pd.Timestamp(value).isoformat()
    if value is None or (not isinstance(value, str) and pd.isna(value)):
        return None
    return int(value) if isinstance(value, float) or hasattr(value, "item") else value
