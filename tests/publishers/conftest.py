"""Builds to publish: of the sample, and of one more edition."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from tests.editions import make_figures, render
from tests.warehouse.warehouse import Warehouse


@pytest.fixture(scope="session")
def grown(sample_build: Warehouse, tmp_path_factory: pytest.TempPathFactory) -> Warehouse:
    """Return a build with one more edition, of another year, whose figures are made up."""
    warehouse = sample_build.copy(tmp_path_factory.mktemp("grown"))
    path = warehouse.folder / "2025-05_oppfolging.txt"
    path.write_bytes(render(make_figures(1, 2025), 5).encode())
    assert warehouse.load(path).returncode == 0
    assert warehouse.dbt("build").returncode == 0
    return warehouse


@pytest.fixture
def warehouse(sample_build: Warehouse, grown: Warehouse, tmp_path: Path) -> Warehouse:
    copy = sample_build.copy(tmp_path)
    shutil.copy(grown.build_database, copy.build_database.with_name("grown.duckdb"))
    return copy
