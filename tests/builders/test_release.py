"""Parts become one release where they go together; what is known of all of them together is told of each."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from pathlib import Path

import duckdb
import pytest

from builders import finishing
from builders.building import write_parquet
from builders.parts import PartRecord, PartTable
from builders.planning import Part
from builders.release import Built, make_release
from builders.store import Store
from publishers.releases import LeftOut, ParquetFile
from warehouse.errors import RefusedError

ELSEWHERE = (
    "seeds/cell_corrections.csv:2: found a correction of b; expected a report that is loaded; load it or remove the row"
)
COLUMNS = (("family_code", "VARCHAR"), ("month", "DATE"), ("is_latest_month", "BOOLEAN"))


def built(key: str, reports: Iterable[str], months: Iterable[str], **record: object) -> Built:
    """Return a part without tables."""
    own = PartRecord(key, tuple(reports), tuple(months), {}, (), ())
    return Built(Part((), 2024, 2024), replace(own, **record), Path(key))  # type: ignore[arg-type]


@pytest.fixture
def store(tmp_path: Path) -> Store:
    store = Store(tmp_path / "release")
    store.parts.mkdir(parents=True)
    store.versions.mkdir()
    return store


def refusal(store: Store, *parts: Built, left_out: tuple[LeftOut, ...] = ()) -> str:
    with pytest.raises(RefusedError) as refused:
        make_release(store, parts, left_out, "fingerprint")
    assert not store.link.exists()
    return str(refused.value)


def test_parts_with_a_report_or_a_month_in_common_are_refused(store: Store) -> None:
    one = built("1", ["a"], ["2023-01-01"])
    found = refusal(store, one, built("2", ["b", "a"], ["2024-01-01"]))
    assert f"{store.link}: found the report a in several parts; expected each report in one part" in found
    found = refusal(store, one, built("2", ["b"], ["2023-01-01", "2024-01-01"]))
    assert f"{store.link}: found the month 2023-01-01 in several parts; expected each month in one part" in found


def test_a_correction_of_a_report_that_is_in_no_part_is_refused_once(store: Store) -> None:
    parts = [built(key, [key], [f"202{key}-01-01"], corrections_elsewhere=(("b", ELSEWHERE),)) for key in "13"]
    assert refusal(store, *parts) == ELSEWHERE


def test_parts_whose_code_lists_or_forms_differ_are_refused(store: Store) -> None:
    file = ParquetFile("reference/measures.parquet", 1, 1, "")
    table = PartTable("reference", "measures", None, False, "create table", (), (), file, "rows")
    for other in (
        replace(table, fingerprint="other rows"),
        replace(table, definition="create table with a check"),
        replace(table, comments=("comment",)),
        replace(table, key="month"),
        replace(table, name="others"),
    ):
        found = refusal(store, built("1", "a", ["2023-01-01"], tables=(table,)), built("2", "b", [], tables=(other,)))
        assert f"found another form or other rows of {min(table.full_name, other.full_name)}" in found
        assert "remove 2, and run the command again" in found


def test_a_table_of_reports_without_a_key_must_say_how_parts_are_put_together() -> None:
    file = ParquetFile("main/notes.parquet", 1, 1, "")
    table = PartTable("main", "notes", None, True, "", (), (), file, "")
    with pytest.raises(RefusedError, match=r"main\.notes: found a published table that reads reports"):
        finishing.is_overall(table)
    assert not finishing.is_overall(replace(table, key="month"))
    assert not finishing.is_overall(replace(table, reads_reports=False))
    assert finishing.is_overall(replace(table, schema="raw", name="reports"))


@pytest.fixture
def driver(tmp_path: Path) -> Iterable[duckdb.DuckDBPyConnection]:
    """Two parts, of which the later one has the newest month of one family alone."""
    with duckdb.connect() as driver:
        families = tmp_path / "families.parquet"
        write_parquet(
            driver,
            "select unnest(['own', 'other', 'all']) as family_code, family_code = 'all' as holds_main_groups",
            families,
        )
        later = built("2", "b", ["2024-01-01", "2024-02-01"], latest_months={"own": "2024-02-01", "all": "2024-02-01"})
        earlier = built("1", "a", ["2023-05-01"], latest_months={"own": "2023-05-01", "other": "2023-05-01"})
        finishing.set_latest_months(driver, [later.record, earlier.record], families)
        assert finishing.has_latest_month(driver, later.record)
        assert finishing.has_latest_month(driver, earlier.record)
        assert not finishing.has_latest_month(driver, built("3", "c", ["2022-02-01"]).record)
        yield driver


def test_the_newest_month_of_a_family_is_that_of_all_parts(driver: duckdb.DuckDBPyConnection, tmp_path: Path) -> None:
    file = ParquetFile("rows.parquet", 0, 0, "")
    table = PartTable("main", "participants", "month", True, "", (), COLUMNS, file, "")
    assert finishing.says_what_is_latest(table)
    assert not finishing.says_what_is_latest(replace(table, key="report_id"))
    rows = "(values ('own', date '2024-02-01'), ('own', date '2024-01-01'), ('other', date '2024-02-01'), "
    rows += "('own', date '2023-05-01'), ('other', date '2023-05-01')) as rows (family_code, month)"
    write_parquet(driver, f"select *, false as is_latest_month from {rows}", tmp_path / file.name)  # noqa: S608
    query = finishing.with_latest_months(table, tmp_path / file.name)
    assert [latest for *_, latest in driver.execute(query).fetchall()] == [True, False, False, False, True]
    groups = replace(table, columns=COLUMNS[1:])
    write_parquet(
        driver,
        "select unnest([date '2024-02-01', date '2023-05-01']) as month, false as is_latest_month",
        tmp_path / "groups.parquet",
    )
    query = finishing.with_latest_months(groups, tmp_path / "groups.parquet")
    assert driver.execute(query).fetchall() == [(date(2024, 2, 1), True), (date(2023, 5, 1), False)]


def test_editions_of_all_parts_stand_in_one_order(driver: duckdb.DuckDBPyConnection, tmp_path: Path) -> None:
    """By month, family and issue; the newest is the last issue of the newest month of its family."""
    columns = "(report_id, edition_month, family_code, issue_number, superseded_by_report_id)"
    lots = (
        "(values ('b2', date '2024-02-01', 'own', 2, null), ('b1', date '2024-02-01', 'own', 1, 'b2'))",
        "(values ('a', date '2023-05-01', 'own', 1, null), ('o', date '2023-05-01', 'other', 1, null))",
    )
    files = []
    for number, rows in enumerate(lots):
        files.append(tmp_path / f"{number}.parquet")
        rows = f"{rows} as rows {columns}"
        write_parquet(driver, f"select *, 0 as sort_order, false as is_latest_month from {rows}", files[-1])  # noqa: S608
    file = ParquetFile("main/reports.parquet", 0, 0, "")
    table = PartTable("main", "reports", None, True, "", (), (), file, "")
    query = finishing.overall_rows(table, files)
    driver.execute(f"select report_id, sort_order, is_latest_month from ({query}) order by sort_order")  # noqa: S608
    assert driver.fetchall() == [("o", 1, True), ("a", 2, False), ("b1", 3, False), ("b2", 4, True)]


def small_part(folder: Path, key: str, report: str, month: str, **record: object) -> Built:
    """Return a part of one report and month, whose tables lie in a folder of its own."""
    place = folder / "release.d" / "parts" / key
    tables = []
    with duckdb.connect() as connection:
        for schema, name, table_key, columns, rows in (
            (
                "reference",
                "measure_families",
                None,
                FAMILIES,
                "select 'own' as family_code, false as holds_main_groups",
            ),
            ("marts", "dim_month", None, "month date primary key", f"select date '{month}' as month"),
            (
                "main",
                "participants",
                "month",
                PARTICIPANTS,
                f"select 'own' as family_code, date '{month}' as month, false as is_latest_month",
            ),
        ):
            file = f"{schema}/{name}.parquet"
            count = write_parquet(connection, rows, place / file)
            form = tuple((one.split()[0], one.split()[1].upper()) for one in columns.split(", "))
            tables.append(
                PartTable(
                    schema,
                    name,
                    table_key,
                    schema != "reference",
                    f"create table {schema}.{name} ({columns})",
                    (),
                    form,
                    ParquetFile.of(place, file, count),
                    "",
                )
            )
    part = built(key, [report], [month], latest_months={"own": month}, tables=tuple(tables), **record)
    return replace(part, folder=place)


FAMILIES = "family_code varchar, holds_main_groups boolean"
PARTICIPANTS = "family_code varchar, month date, is_latest_month boolean"


def rows_of(store: Store, table: str) -> list[tuple[object, ...]]:
    with duckdb.connect() as connection:
        return connection.execute(f"from read_parquet('{store.link}/{table}/*.parquet') order by all").fetchall()


def test_a_release_says_of_all_parts_what_no_part_knows(store: Store, tmp_path: Path) -> None:
    parts = [small_part(tmp_path, "1", "a", "2023-05-01"), small_part(tmp_path, "2", "b", "2024-01-01")]
    made = make_release(store, parts, (), "fingerprint")
    assert not made.is_unchanged
    assert [table.rows for table in made.release.tables] == [1, 2, 2]
    assert [latest for *_, latest in rows_of(store, "main/participants")] == [False, True]
    assert rows_of(store, "marts/dim_month") == [(date(2023, 5, 1),), (date(2024, 1, 1),)]
    of_parts = [store.link / "main" / "participants" / f"part={key}.parquet" for key in "12"]
    own = [part.folder / "main" / "participants.parquet" for part in parts]
    assert [one.samefile(other) for one, other in zip(of_parts, own, strict=True)] == [True, False]


def test_a_release_of_the_same_parts_is_left_as_it_is(store: Store, tmp_path: Path) -> None:
    """One that leaves something out, or is made of other parts, is another version."""
    parts = [small_part(tmp_path, "1", "a", "2023-05-01"), small_part(tmp_path, "2", "b", "2024-01-01")]
    first = make_release(store, parts, (), "fingerprint").release
    again = make_release(store, parts, (), "fingerprint")
    assert again.is_unchanged
    assert again.release == first
    left_out = (LeftOut(("c.txt",), "cannot be used"),)
    versions = [make_release(store, parts, left_out, "fingerprint"), make_release(store, parts[:1], (), "fingerprint")]
    assert [made.is_unchanged for made in versions] == [False, False]
    assert len({first.version, *(made.release.version for made in versions)}) == 3


def test_a_correction_fits_where_its_report_is_in_another_part_or_may_be_left_out(store: Store, tmp_path: Path) -> None:
    one = small_part(tmp_path, "1", "a", "2023-05-01", corrections_elsewhere=(("b", ELSEWHERE),))
    make_release(store, [one, small_part(tmp_path, "2", "b", "2024-01-01")], (), "fingerprint")
    make_release(store, [one], (LeftOut(("b.txt",), "cannot be used"),), "fingerprint")


def test_a_key_that_two_parts_have_is_refused(store: Store, tmp_path: Path) -> None:
    """Where a part has a row of a month that its record does not tell of."""
    one, other = small_part(tmp_path, "1", "a", "2023-05-01"), small_part(tmp_path, "2", "b", "2023-05-01")
    untold = replace(other, record=replace(other.record, months=()))
    assert "rows of marts.dim_month over all parts that break its key" in refusal(store, one, untold)


def test_a_part_is_taken_over_only_with_all_its_files(tmp_path: Path) -> None:
    part = small_part(tmp_path, "1", "a", "2023-05-01", corrections_elsewhere=(("b", ELSEWHERE),))
    assert PartRecord.read(part.folder) is None
    part.record.write(part.folder)
    assert PartRecord.read(part.folder) == part.record
    with (part.folder / "marts" / "dim_month.parquet").open("ab") as file:
        file.write(b"more")
    assert PartRecord.read(part.folder) is None
