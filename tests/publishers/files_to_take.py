"""Publish files to take away as a user does, and what the build holds that they must give back."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import duckdb

from publishers.commands import main
from tests.database_files import query
from tests.warehouse.warehouse import Warehouse

TABLES = (
    "average_participants", "main_groups", "participants", "participants_by_age_group",
    "participants_by_country_background", "participants_by_county", "participants_by_county_2024",
    "participants_by_education", "participants_by_gender", "participants_by_immigration_category",
    "participants_by_participant_group", "reports",
)  # fmt: skip
CUBES = tuple(table for table in TABLES if table.startswith("participants"))


_MAIN_GROUPS = """
insert into main.main_groups by name
select
    average_participants.* exclude (
        family_code, family_name, family_name_en, measure_code, measure_name, measure_name_en, measure_sort_order
    ),
    measure_code as main_group_code,
    measure_name as main_group_name,
    measure_name_en as main_group_name_en,
    measure_sort_order as main_group_sort_order,
    'first' as comparable_series
from main.average_participants
"""


@dataclass(frozen=True, slots=True)
class Taken:
    """A folder of published files, and the build that they are of."""

    folder: Path
    build: Path

    def names(self, table: str) -> list[str]:
        """Return the names of a table's columns."""
        sql = (
            "select column_name from duckdb_columns() where schema_name = 'main' and table_name = ? "
            "and database_name = current_database() order by column_index"
        )
        return [name for (name,) in query(self.build, sql, [table])]

    def types(self, table: str) -> dict[str, str]:
        """Return DuckDB's types of a table's columns by name."""
        sql = (
            "select column_name, data_type from duckdb_columns() where schema_name = 'main' and table_name = ? "
            "and database_name = current_database() order by column_index"
        )
        return dict(query(self.build, sql, [table]))

    def key(self, table: str) -> list[str]:
        """Return the columns of a table's primary key."""
        sql = (
            "select constraint_column_names from duckdb_constraints() where schema_name = 'main' and table_name = ? "
            "and database_name = current_database() and constraint_type = 'PRIMARY KEY'"
        )
        [(names,)] = query(self.build, sql, [table])
        return list(names)

    def rows(self, table: str) -> list[dict[str, Any]]:
        """Return the rows of a table of the build, in no order."""
        names = self.names(table)
        return [dict(zip(names, row, strict=True)) for row in query(self.build, f'from main."{table}"')]


def publish_files(warehouse: Warehouse, target: Path | None = None) -> int:
    """`python -m publishers files`, to `files` in the warehouse's folder unless told otherwise."""
    folder = target or warehouse.folder / "files"
    return main(["files", "--from", str(warehouse.build_database), "--to", str(folder)])


def make_up_main_groups(warehouse: Warehouse) -> None:
    """Let the build have figures of main groups, which the sample has none of."""
    with duckdb.connect(warehouse.build_database) as build:
        build.execute(_MAIN_GROUPS)


def contents(folder: Path) -> dict[str, str]:
    """Return a digest of each file in a folder by its path."""
    return {
        str(path.relative_to(folder)): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in folder.rglob("*")
        if path.is_file()
    }


def in_any_order(rows: list[dict[str, Any]]) -> list[list[tuple[str, str]]]:
    """Return rows so that two lists of the same rows are equal, whatever the order, and 3 is not "3"."""
    return sorted([(name, repr(value)) for name, value in row.items()] for row in rows)
