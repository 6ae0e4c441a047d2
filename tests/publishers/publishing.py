"""Publish a build as a user does, and let the build grow."""

from __future__ import annotations

from publishers.commands import main
from tests.warehouse.warehouse import Warehouse

COUNT = "select count(*) from raw.reports"


def publish(warehouse: Warehouse) -> int:
    return main(["database", "--from", str(warehouse.build_database), "--to", str(warehouse.readers_database)])


def add_another_report(warehouse: Warehouse) -> None:
    """Let the build have one more edition."""
    warehouse.build_database.with_name("grown.duckdb").replace(warehouse.build_database)
