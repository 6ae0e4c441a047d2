"""What readers find: whole tables, described, and the same however the file came about."""

from __future__ import annotations

import shutil
from pathlib import Path

import duckdb
import pytest

from publishers.commands import main
from tests.database_files import query
from tests.publishers.publishing import add_another_report, publish
from tests.warehouse.warehouse import Warehouse


def test_readers_get_every_layer_with_keys_checks_and_descriptions(warehouse: Warehouse) -> None:
    assert publish(warehouse) == 0
    assert query(warehouse.readers_database, "select distinct schema_name from duckdb_tables() order by 1") == [
        (schema,) for schema in ("audit", "build", "intermediate", "main", "marts", "raw", "reference")
    ]
    keys = (
        "select table_name, constraint_text from duckdb_constraints() "
        "where constraint_type in ('PRIMARY KEY', 'CHECK') and schema_name = 'marts' order by all"
    )
    published = query(warehouse.readers_database, keys)
    assert published == query(warehouse.build_database, keys)
    assert {"dim_county", "fct_participants", "measure_relations"} <= {table for table, _ in published}
    star = "select comment from duckdb_tables() where table_name = 'fct_participants_by_county'"
    assert "silently drops suppressed people" in str(query(warehouse.readers_database, star))


def test_readers_get_no_table_that_is_reasoned_from_narrowed_stars(warehouse: Warehouse) -> None:
    """A table outside the marts must be thought of before readers get it: the list is exact."""
    assert publish(warehouse) == 0
    published = query(warehouse.readers_database, "select schema_name || '.' || table_name from duckdb_tables()")
    assert {str(name) for (name,) in published if str(name).startswith(("audit.", "intermediate."))} == {
        "audit.reconciliation_checks", "audit.report_proofs", "audit.revisions", "intermediate.int_observations",
    }  # fmt: skip


def test_a_table_that_no_model_builds_any_more_stays_in_the_build(warehouse: Warehouse) -> None:
    with duckdb.connect(warehouse.build_database) as build:
        build.execute("create table marts.dim_renamed as from localisation.propagated_bounds")
    assert publish(warehouse) == 0
    assert query(warehouse.readers_database, "from duckdb_tables() where table_name = 'dim_renamed'") == []


def test_every_table_and_column_that_readers_find_is_described(warehouse: Warehouse) -> None:
    assert publish(warehouse) == 0
    undescribed = (
        "select table_name, column_name from duckdb_columns() where comment is null and not internal union all "
        "select table_name, '' from duckdb_tables() where comment is null"
    )
    assert query(warehouse.readers_database, undescribed) == []


def test_added_reports_give_the_file_that_writing_it_whole_gives(warehouse: Warehouse) -> None:
    assert publish(warehouse) == 0
    add_another_report(warehouse)
    assert publish(warehouse) == 0
    whole = warehouse.folder / "whole" / "tiltak.duckdb"
    whole.parent.mkdir()
    assert main(["database", "--from", str(warehouse.build_database), "--to", str(whole)]) == 0
    assert_same_tables(warehouse.readers_database, whole)


@pytest.mark.parametrize(
    "change",
    [
        "delete from marts.fct_participants_vintages where month = date '2024-01-01'",
        "update reference.measures set measure_name = 'Mentorer' where measure_code = 'mentor'",
        "create table marts.notes (note varchar)",
        "drop table audit.revisions",
        "delete from raw.reports",
        "update build.built_reports set project_fingerprint = 'another'",
    ],
)
def test_a_published_file_that_somebody_changed_is_written_anew(warehouse: Warehouse, change: str) -> None:
    assert publish(warehouse) == 0
    untouched = warehouse.folder / "untouched.duckdb"
    shutil.copy(warehouse.readers_database, untouched)
    with duckdb.connect(warehouse.readers_database) as readers:
        readers.execute(change)
    assert publish(warehouse) == 0
    assert_same_tables(warehouse.readers_database, untouched)


def assert_same_tables(one: Path, other: Path) -> None:
    """Fail unless two database files have the same tables with the same rows."""
    with duckdb.connect() as connection:
        connection.execute(f"attach '{one}' as one (read_only)")
        connection.execute(f"attach '{other}' as other (read_only)")
        names = "select schema_name, table_name, sql, comment from duckdb_tables() where database_name = ? order by all"
        tables = connection.execute(names, ["one"]).fetchall()
        assert tables == connection.execute(names, ["other"]).fetchall()
        for schema, table, *_ in tables:
            for left, right in (("one", "other"), ("other", "one")):
                difference = f'from {left}."{schema}"."{table}" except all from {right}."{schema}"."{table}"'
                assert connection.execute(difference).fetchall() == [], table
