"""A published sample, Superset on it, and the dashboard as a browser shows it: once for all tests."""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from tests.superset.photograph import photograph
from tests.superset.serving import Server, running
from tests.warehouse.warehouse import Warehouse


@dataclass(frozen=True, slots=True)
class Seen:
    """What a browser saw of the dashboard."""

    whole: Path
    top: Path
    console: list[str]
    addresses: list[str]
    queries: dict[str, dict[str, Any]]
    """What each chart asked for, by the chart's name."""
    text: str


@pytest.fixture(scope="session")
def database(sample_build: Warehouse, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the published sample."""
    warehouse = sample_build.copy(tmp_path_factory.mktemp("superset"))
    assert warehouse.publish().returncode == 0
    return warehouse.readers_database


@pytest.fixture(scope="session")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the folder of what Superset keeps."""
    return tmp_path_factory.mktemp("superset_state")


@pytest.fixture(scope="session")
def server(database: Path, folder: Path) -> Iterator[Server]:
    with running(database, folder) as server:
        server.log_in()
        yield server


@pytest.fixture(scope="session")
def seen(server: Server, tmp_path_factory: pytest.TempPathFactory) -> Seen:
    folder = tmp_path_factory.mktemp("pictures")
    whole, top = folder / "whole.png", Path(os.environ.get("TILTAK_PICTURE") or folder / "top.png").resolve()
    password = server.password_file.read_text(encoding="utf-8")
    told = photograph(server.address, password, whole, top)
    charts = {chart["id"]: chart["slice_name"] for chart in server.call("/api/v1/dashboard/tiltak/charts")["result"]}
    queries = {
        charts[query["form_data"]["slice_id"]]: query for query in told.queries if "slice_id" in query["form_data"]
    }
    return Seen(whole, top, told.console, told.addresses, queries, told.text)
