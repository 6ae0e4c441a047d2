"""Each format of the files to take away gives back the table, stars included."""

from __future__ import annotations

import csv
import json
import re
from collections.abc import Iterator
from datetime import datetime
from itertools import product
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import duckdb
import openpyxl
import pytest

from publishers.files import dcat, workbook
from tests.database_files import query
from tests.publishers.files_to_take import CUBES, TABLES, Taken, in_any_order, publish_files
from tests.warehouse.warehouse import Warehouse

_SDMX = {"s": "http://www.sdmx.org/resources/sdmxml/schemas/v3_0/structure"}
SHEETS = {table: table.replace("participants_by_", "by_") for table in TABLES}


@pytest.fixture(scope="module", params=["sample", "grown"])
def taken(
    request: pytest.FixtureRequest,
    sample_build: Warehouse,
    grown: Warehouse,
    tmp_path_factory: pytest.TempPathFactory,
) -> Taken:
    """Return the files of the sample, and of two editions."""
    warehouse = sample_build if request.param == "sample" else grown
    target = tmp_path_factory.mktemp("taken") / "files"
    assert publish_files(warehouse, target) == 0
    return Taken(target, warehouse.build_database)


@pytest.fixture(scope="module")
def book(taken: Taken) -> Iterator[openpyxl.Workbook]:
    book = openpyxl.load_workbook(taken.folder / "tiltak.xlsx")
    yield book
    book.close()


def test_every_readers_table_has_its_files(taken: Taken) -> None:
    in_main = "select table_name from build.readers_tables where schema_name = 'main' order by all"
    assert [name for (name,) in query(taken.build, in_main)] == list(TABLES)
    with_rows = {table for table in TABLES if taken.rows(table)}
    names = {str(path.relative_to(taken.folder)) for path in taken.folder.rglob("*.*")}
    assert names == {
        "README.md", "croissant.json", "datapackage.json", "dcat-ap-no.jsonld", "sdmx/structure.xml", "tiltak.xlsx",
        *(f"{table}.{ending}" for table in TABLES for ending in ("csv", "parquet")),
        *(f"json-stat/{table}.json" for table in CUBES),
        *(f"sdmx/{table}.csv" for table in with_rows - {"reports"}),
    }  # fmt: skip


@pytest.mark.parametrize("table", TABLES)
def test_parquet_is_the_table(taken: Taken, table: str) -> None:
    file = str(taken.folder / f"{table}.parquet")
    with duckdb.connect(taken.build, read_only=True) as build:
        for one, other in ((f"main.{table}", f"'{file}'"), (f"'{file}'", f"main.{table}")):
            assert build.execute(f"from {one} except all from {other}").fetchall() == []
        described = build.execute(f"describe from '{file}'").fetchall()
    assert {name: data_type for name, data_type, *_ in described} == taken.types(table)


@pytest.mark.parametrize("table", TABLES)
def test_csv_is_the_table(taken: Taken, table: str) -> None:
    """Read as texts, so that nothing is guessed: what is quoted is text, what is missing is nothing."""
    assert (taken.folder / f"{table}.csv").read_bytes().startswith(b"\xef\xbb\xbf")
    read = read_csv(taken.folder / f"{table}.csv")
    expected = [{name: as_csv(value) for name, value in row.items()} for row in taken.rows(table)]
    assert in_any_order(read) == in_any_order(expected)
    texts = [name for name, data_type in taken.types(table).items() if data_type == "VARCHAR"]
    written = (taken.folder / f"{table}.csv").read_text(encoding="utf-8-sig")
    assert all(f'"{name}"' in written for name in texts)
    assert re.findall(r'(?<![\d"])0–3', written) == []


def test_codes_and_stars_stay_texts_in_a_typed_reader(taken: Taken) -> None:
    """Read as the data package says; an inferred schema would make 3 of county 03."""
    package = json.loads((taken.folder / "datapackage.json").read_text(encoding="utf-8"))
    types = {
        (resource["name"], field["name"]): field["type"]
        for resource in package["resources"]
        for field in resource["schema"]["fields"]
    }
    assert types["participants_by_county", "county_code"] == "string"
    assert types["participants_by_county", "participants_text"] == "string"
    assert types["participants_by_county", "participants"] == "integer"
    assert types["participants_by_county", "month"] == "date"
    assert "03" in {row["county_code"] for row in read_csv(taken.folder / "participants_by_county.csv")}


@pytest.mark.parametrize("table", TABLES)
def test_the_data_package_is_the_contract(taken: Taken, table: str) -> None:
    package = json.loads((taken.folder / "datapackage.json").read_text(encoding="utf-8"))
    [resource] = [each for each in package["resources"] if each["name"] == table]
    schema = resource["schema"]
    sql = (
        "select column_name, not is_nullable, comment from duckdb_columns() where schema_name = 'main' "
        "and table_name = ? and database_name = current_database() order by column_index"
    )
    assert [
        (field["name"], field.get("constraints", {}).get("required", False), field["description"])
        for field in schema["fields"]
    ] == query(taken.build, sql, [table])
    assert schema["primaryKey"] == taken.key(table)
    if table in CUBES:
        assert "(participants_lower <= participants_upper)" in schema["checks"]


@pytest.mark.parametrize("table", TABLES)
def test_each_sheet_is_the_table(taken: Taken, book: openpyxl.Workbook, table: str) -> None:
    sheet = book[SHEETS[table]]
    header, *rows = sheet.iter_rows(values_only=True)
    expected = [{name: as_cell(value) for name, value in row.items()} for row in taken.rows(table)]
    read = [{str(name): as_cell(value) for name, value in zip(header, row, strict=True)} for row in rows]
    assert in_any_order(read) == in_any_order(expected)
    assert list(header) == taken.names(table)
    assert sheet.freeze_panes == "A2"
    assert all(sheet.column_dimensions[letter].width > 5 for letter in ("A", "B", "C"))
    for number, (name, data_type) in enumerate(taken.types(table).items(), start=1):
        if rows and data_type == "DATE":
            assert sheet.cell(2, number).number_format == "yyyy-mm-dd", name
            assert isinstance(sheet.cell(2, number).value, datetime), name


def test_the_cover_says_what_each_sheet_is_and_how_to_cite_it(book: openpyxl.Workbook) -> None:
    assert book.sheetnames == ["cover", *SHEETS.values(), "columns"]
    assert all(len(name) <= workbook.MAX_NAME for name in book.sheetnames)
    told = "\n".join(str(cell) for row in book["cover"].iter_rows(values_only=True) for cell in row if cell is not None)
    for table, sheet in SHEETS.items():
        assert f"{sheet}\n{table}\n" in told
    for word in ("How to cite", "NAV: People in labour-market measures", "CC BY 4.0", "https://www.nav.no/", "0–3"):
        assert word in told


@pytest.mark.parametrize("table", CUBES)
def test_a_cube_is_the_table(taken: Taken, table: str) -> None:
    cube = json.loads((taken.folder / "json-stat" / f"{table}.json").read_text(encoding="utf-8"))
    indexes = [cube["dimension"][name]["category"]["index"] for name in cube["id"]]
    assert cube["size"] == [len(index) for index in indexes]
    contents = ["participants", "participants_lower", "participants_upper"]
    assert (cube["id"][0], cube["id"][-1], indexes[-1]) == ("month", "contents", contents)
    keys = cube["id"][1:-1]
    rows = {(f"{row['month']:%Y-%m}", *(row[name] for name in keys)): row for row in taken.rows(table)}
    for place, (*key, content) in enumerate(product(*indexes)):
        row = rows.get(tuple(key))
        assert cube["value"][place] == (row[content] if row else None)
        is_star = row is not None and row["status"] == "suppressed" and content == "participants"
        assert cube["status"].get(str(place)) == (":" if is_star else None)


@pytest.mark.parametrize("table", [table for table in TABLES if table not in ("reports", "main_groups")])
def test_sdmx_is_the_table(taken: Taken, table: str) -> None:
    read = read_csv(taken.folder / "sdmx" / f"{table}.csv")
    assert [row["STRUCTURE_ID"] for row in read] == [f"TILTAK:{table.upper()}(1.0.0)"] * len(read)
    names = {name.upper(): name for name in taken.names(table)}
    names |= {"TIME_PERIOD": "month", "OBS_VALUE": "participants"}
    columns = [name for name in read[0] if name in names]
    expected = [
        {name: as_csv(row[names[name]])[:7] if name == "TIME_PERIOD" else as_csv(row[names[name]]) for name in columns}
        for row in taken.rows(table)
    ]
    assert in_any_order([{name: row[name] for name in columns} for row in read]) == in_any_order(expected)
    assert {"PARTICIPANTS_LOWER", "PARTICIPANTS_UPPER", *(name.upper() for name in taken.key(table)[1:])} <= {*columns}
    statuses = {(row["STATUS"], row["OBS_STATUS"], row["CONF_STATUS"]) for row in read}
    assert statuses <= {("printed", "A", "F"), ("printed", "B", "F"), ("suppressed", "Q", "A")}
    assert all((row["OBS_VALUE"] == "") == (row["OBS_STATUS"] == "Q") for row in read)


def test_the_structure_has_every_code_of_the_data(taken: Taken) -> None:
    root = ElementTree.parse(taken.folder / "sdmx" / "structure.xml").getroot()  # noqa: S314 - own file
    lists = {
        code_list.attrib["id"]: {code.attrib["id"] for code in code_list.findall("s:Code", _SDMX)}
        for code_list in root.iter(f"{{{_SDMX['s']}}}Codelist")
    }
    flows = {flow.attrib["id"] for flow in root.iter(f"{{{_SDMX['s']}}}Dataflow")}
    files = sorted((taken.folder / "sdmx").glob("*.csv"))
    assert flows == {file.stem.upper() for file in files}
    for file in files:
        for row in read_csv(file):
            for name, value in row.items():
                if f"CL_{name}" in lists:
                    assert value in lists[f"CL_{name}"], (file.name, name)


def test_a_star_is_its_interval_and_nothing_narrower(taken: Taken) -> None:
    """In the rows of every format; a county of 2024 may be a sum of stars."""
    for table in CUBES:
        with duckdb.connect() as reader:
            intervals = reader.execute(
                f"select distinct participants_upper - participants_lower from '{taken.folder / table}.parquet' "  # noqa: S608
                "where participants is null"
            ).fetchall()
        assert all(width > 0 and width % 3 == 0 for (width,) in intervals), table
    stars = [row for row in read_csv(taken.folder / "participants_by_county.csv") if row["status"] == "suppressed"]
    assert {(row["participants"], row["participants_lower"], row["participants_upper"]) for row in stars} == {
        ("", "0", "3")
    }
    assert {row["participants_text"] for row in stars} == {"0–3"}


def test_publisher_licence_source_edition_and_version_stand_in_each_file(taken: Taken) -> None:
    [(state,)] = query(taken.build, "select distinct project_fingerprint from build.built_reports")
    [(count,)] = query(taken.build, "select count(*) from main.reports")
    edition = "Follow-up, April 2024" if count == 1 else "2 reports, 2024-01 to 2025-05"
    wanted = ["NAV", "CC BY 4.0", "https://www.nav.no/no/nav-og-samfunn/statistikk", edition, "0.1.0", state]
    for name in ("README.md", "croissant.json", "datapackage.json", "dcat-ap-no.jsonld", "sdmx/structure.xml"):
        text = (taken.folder / name).read_text(encoding="utf-8")
        assert [word for word in wanted if word not in text] == [], name
    for table in CUBES:
        cube = json.loads((taken.folder / "json-stat" / f"{table}.json").read_text(encoding="utf-8"))
        assert [word for word in wanted if word not in str(cube["extension"])] == []
    for table in TABLES:
        with duckdb.connect() as reader:
            metadata = reader.execute(
                f"select value::varchar from parquet_kv_metadata('{taken.folder / table}.parquet')"  # noqa: S608 - own file
            ).fetchall()
        assert [word for word in wanted if word not in str(metadata)] == []


def test_the_catalogue_has_what_the_profile_requires(taken: Taken) -> None:
    graph = json.loads((taken.folder / "dcat-ap-no.jsonld").read_text(encoding="utf-8"))["@graph"]
    assert {node["@type"] for node in graph} == set(dcat.REQUIRED)
    ids = {node["@id"] for node in graph}
    for node in graph:
        assert [name for name in dcat.REQUIRED[node["@type"]] if not node.get(name)] == [], node["@id"]
        for name in ("dct:publisher", "dcat:contactPoint"):
            assert name not in node or node[name]["@id"] in ids
        for part in (*node.get("dcat:dataset", ()), *node.get("dcat:distribution", ())):
            assert part["@id"] in ids
        if node["@type"] == "dcat:Distribution":
            assert (taken.folder / node["dcat:accessURL"]["@id"]).is_file()


def test_a_table_beyond_the_rows_of_excel_is_left_out_and_the_cover_says_so(
    sample_build: Warehouse, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(workbook, "MAX_ROWS", 448)
    assert publish_files(sample_build, tmp_path / "files") == 0
    book = openpyxl.load_workbook(tmp_path / "files" / "tiltak.xlsx")
    assert {"by_county", "by_county_2024"} & {*book.sheetnames} == set()
    assert "by_age_group" in book.sheetnames
    told = [row[3] for row in book["cover"].iter_rows(values_only=True) if str(row[1]).startswith("participants_by_co")]
    assert [str(text).startswith("Left out: Excel holds 448 rows a sheet.") for text in told] == [False, True, True]
    graph = json.loads((tmp_path / "files" / "dcat-ap-no.jsonld").read_text(encoding="utf-8"))["@graph"]
    in_workbook = {node["@id"] for node in graph if node["@id"].endswith("-excel")}
    assert "#participants_by_gender-excel" in in_workbook
    assert "#participants_by_county-excel" not in in_workbook


def test_names_of_sheets_are_short_and_differ() -> None:
    taken = {"cover"}
    for _ in range(3):
        taken.add(workbook._free_name("participants_by_something_rather_long", taken))
    taken.add(workbook._free_name("Cover", taken))
    assert taken == {
        "cover", "Cover_2", "participants_by_something_rathe", "participants_by_something_rat_2",
        "participants_by_something_rat_3",
    }  # fmt: skip


def read_csv(file: Path) -> list[dict[str, str]]:
    with file.open(encoding="utf-8-sig", newline="") as stream:
        return list(csv.DictReader(stream))


def as_csv(value: Any) -> str:  # noqa: ANN401 - a value of any column
    """Return a value as CSV has it."""
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, datetime):
        return f"{value:%Y-%m-%dT%H:%M:%S.%f}"
    return "" if value is None else str(value)


def as_cell(value: Any) -> Any:  # noqa: ANN401 - a value of any column
    """Return a value as Excel has it, where a date is the beginning of a day and times are exact to milliseconds."""
    if isinstance(value, datetime):
        return f"{value:%Y-%m-%d %H:%M:%S}"
    if hasattr(value, "year"):
        return f"{value:%Y-%m-%d} 00:00:00"
    return value
