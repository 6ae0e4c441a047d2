"""What official statistics call a star, a break and an unreadable figure; and what formats have nothing for."""

from __future__ import annotations

import csv
from pathlib import Path

import duckdb
import pytest

from publishers.files.codes import status_sql
from publishers.files.tables import Column, Kind, Table
from tests.publishers.files_to_take import make_up_main_groups, publish_files
from tests.warehouse.warehouse import Warehouse

_COLUMNS = tuple(Column(name, Kind.TEXT, True, "") for name in ("month", "status", "comparable_series"))
_TABLE = Table("participants", "", _COLUMNS, ("month",), (), 1)


@pytest.mark.parametrize(
    ("status", "series", "expected"),
    [
        ("printed", "first", ("A", "F", None)),
        ("corrected", "2018-11", ("A", "F", None)),
        ("restored", "first", ("A", "F", None)),
        ("printed", "2024-04", ("B", "F", None)),
        ("suppressed", "first", ("Q", "A", ":")),
        ("suppressed", "2024-04", ("Q", "A", ":")),
        ("illegible", "2024-04", ("O", "F", "..")),
    ],
)
def test_a_status_has_its_codes(status: str, series: str, expected: tuple[str | None, ...]) -> None:
    fields = ", ".join(status_sql(_TABLE, field) for field in ("obs_status", "conf_status", "sign"))
    row = "select date '2024-04-01' as month, $status as status, $series as comparable_series"
    with duckdb.connect() as connection:
        [found] = connection.execute(
            f"select {fields} from ({row}) as rows",  # noqa: S608 - own words
            {"status": status, "series": series},
        ).fetchall()
    assert found == expected


def test_the_first_figure_after_a_break_is_marked(sample_build: Warehouse, tmp_path: Path) -> None:
    warehouse = sample_build.copy(tmp_path)
    with duckdb.connect(warehouse.build_database) as build:
        build.execute("update main.participants set comparable_series = '2024-03' where month >= date '2024-03-01'")
    assert publish_files(warehouse) == 0
    with (warehouse.folder / "files" / "sdmx" / "participants.csv").open(encoding="utf-8", newline="") as stream:
        statuses = {(row["TIME_PERIOD"], row["OBS_STATUS"]) for row in csv.DictReader(stream)}
    assert statuses == {("2024-01", "A"), ("2024-02", "A"), ("2024-03", "B"), ("2024-04", "A")}


def test_main_groups_are_sdmx_and_no_cube(sample_build: Warehouse, tmp_path: Path) -> None:
    warehouse = sample_build.copy(tmp_path)
    make_up_main_groups(warehouse)
    assert publish_files(warehouse) == 0
    files = warehouse.folder / "files"
    with (files / "sdmx" / "main_groups.csv").open(encoding="utf-8", newline="") as stream:
        rows = list(csv.DictReader(stream))
    assert len({(row["MAIN_GROUP_CODE"], row["BREAKDOWN"], row["CATEGORY_CODE"]) for row in rows}) > 100
    assert 'id="MAIN_GROUPS"' in (files / "sdmx" / "structure.xml").read_text(encoding="utf-8")
    assert not (files / "json-stat" / "main_groups.json").exists()


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ("update main.participants set status = 'guessed'", "main.participants: found the status guessed"),
        (
            "update main.participants_by_gender set gender_code = 'other sex' where gender_code = 'male'",
            "main.participants_by_gender.gender_code: found the code other sex",
        ),
        ("alter table main.reports alter checks type decimal(9, 2)", "reports.checks: found the type DECIMAL(9,2)"),
    ],
)
def test_what_the_formats_have_nothing_for_is_named(
    sample_build: Warehouse, tmp_path: Path, capsys: pytest.CaptureFixture[str], change: str, words: str
) -> None:
    warehouse = sample_build.copy(tmp_path)
    with duckdb.connect(warehouse.build_database) as build:
        build.execute(change)
    assert publish_files(warehouse) == 2
    assert words in capsys.readouterr().err
    assert sorted(path.name for path in warehouse.folder.iterdir()) == ["build"]


def test_a_build_of_nothing_is_refused(
    sample_build: Warehouse, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    warehouse = sample_build.copy(tmp_path)
    with duckdb.connect(warehouse.build_database) as build:
        build.execute("delete from main.reports")
    assert publish_files(warehouse) == 1
    assert "found no report; expected one at least" in capsys.readouterr().err
