"""The sample's site, and a browser to look at it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from selenium import webdriver

from tests.browser import chromium
from tests.publishers.site_pages import written
from tests.warehouse.warehouse import Warehouse


@pytest.fixture(scope="session")
def site(sample_build: Warehouse, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return written(sample_build.build_database, tmp_path_factory.mktemp("site"))


@pytest.fixture(scope="module")
def browser() -> Iterator[webdriver.Chrome]:
    with chromium(1280, 900) as opened:
        yield opened
