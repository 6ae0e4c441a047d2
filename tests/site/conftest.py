"""The sample's site, and a browser to look at it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import duckdb
import pytest
from selenium import webdriver

from publishers.site.publishing import write_site
from tests.browser import chromium
from tests.warehouse.warehouse import Warehouse


@pytest.fixture(scope="session")
def site(sample_build: Warehouse, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("site")
    with duckdb.connect(sample_build.build_database, read_only=True) as tables:
        write_site(tables, folder, sample_build.build_database)
    return folder


@pytest.fixture(scope="module")
def browser() -> Iterator[webdriver.Chrome]:
    with chromium(1280, 900) as opened:
        yield opened
