"""Builds to publish: of the sample, and of one more edition."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from tests.editions import make_figures, render
from tests.publishers.site_pages import written
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


@pytest.fixture(scope="module", params=["sample", "grown"])
def build(request: pytest.FixtureRequest, sample_build: Warehouse, grown: Warehouse) -> Path:
    """Return the build of the sample, and one with an edition of another year besides, behind a break."""
    return (sample_build if request.param == "sample" else grown).build_database


@pytest.fixture(scope="module")
def site(build: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the site of that build."""
    return written(build, tmp_path_factory.mktemp("site"))
