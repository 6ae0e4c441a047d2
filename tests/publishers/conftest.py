"""Builds to publish: of the sample, and of one more edition."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from tests.editions import make_figures, render
from tests.sample import SAMPLE
from tests.warehouse.warehouse import Warehouse


@pytest.fixture(scope="session")
def built(tmp_path_factory: pytest.TempPathFactory) -> Warehouse:
    warehouse = Warehouse(tmp_path_factory.mktemp("publishing"))
    assert warehouse.load(SAMPLE).returncode == 0
    assert warehouse.dbt("build").returncode == 0
    return warehouse


@pytest.fixture(scope="session")
def grown(built: Warehouse, tmp_path_factory: pytest.TempPathFactory) -> Warehouse:
    """Return a build with one more edition, of another year, whose figures are made up."""
    warehouse = Warehouse(tmp_path_factory.mktemp("grown"))
    warehouse.build_database.parent.mkdir()
    shutil.copy(built.build_database, warehouse.build_database)
    path = warehouse.folder / "2025-05_oppfolging.txt"
    path.write_bytes(render(make_figures(1, 2025), 5).encode())
    assert warehouse.load(path).returncode == 0
    assert warehouse.dbt("build").returncode == 0
    return warehouse


@pytest.fixture
def warehouse(built: Warehouse, grown: Warehouse, tmp_path: Path) -> Warehouse:
    copy = Warehouse(tmp_path)
    copy.build_database.parent.mkdir()
    shutil.copy(built.build_database, copy.build_database)
    shutil.copy(grown.build_database, copy.build_database.with_name("grown.duckdb"))
    return copy
