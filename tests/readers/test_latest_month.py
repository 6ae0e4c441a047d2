"""Which month is the newest changes with the editions, also over New Year, and readers find it so."""

from __future__ import annotations

from pathlib import Path

import duckdb
import pytest

from tests.editions import Edition, make_figures
from tests.warehouse.warehouse import Warehouse

TABLES = ("participants", "participants_by_county", "participants_by_county_2024", "average_participants", "reports")


def latest_months(database: Path) -> dict[str, list[str]]:
    """Return the months that each readers' table calls the newest."""
    with duckdb.connect(str(database), read_only=True) as connection:
        return {
            table: [
                str(month)
                for (month,) in connection.sql(
                    f"select distinct {'edition_month' if table == 'reports' else 'month'} from {table} "  # noqa: S608
                    "where is_latest_month"
                ).fetchall()
            ]
            for table in TABLES
        }


@pytest.fixture
def warehouse(tmp_path: Path) -> Warehouse:
    return Warehouse(tmp_path)


def test_an_unfinished_build_does_not_forget_which_month_was_the_newest(warehouse: Warehouse) -> None:
    assert warehouse.load(Edition(make_figures(1, 2024), 12).write(warehouse.folder)).returncode == 0
    warehouse.build()
    assert warehouse.load(Edition(make_figures(2, 2025), 1).write(warehouse.folder)).returncode == 0
    assert warehouse.dbt("run", "--select", "+int_printed_months").returncode == 0
    warehouse.build()
    assert latest_months(warehouse.build_database) == {table: ["2025-01-01"] for table in TABLES}


def test_the_newest_month_is_that_of_the_newest_edition_there_is(warehouse: Warehouse) -> None:
    december = Edition(make_figures(1, 2024), 12).write(warehouse.folder)
    january = Edition(make_figures(2, 2025), 1).write(warehouse.folder)
    steps = {
        ("load", december): "2024-12-01",
        ("load", january): "2025-01-01",
        ("remove", january): "2024-12-01",
    }
    for (verb, report), newest in steps.items():
        if verb == "load":
            assert warehouse.load(report).returncode == 0
        else:
            assert warehouse.load("remove", report.name).returncode == 0
        warehouse.build()
        assert warehouse.publish().returncode == 0
        for database in (warehouse.build_database, warehouse.readers_database):
            assert latest_months(database) == {table: [newest] for table in TABLES}, (verb, report.name)
