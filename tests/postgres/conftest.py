"""A server for all tests, a database on it for each, and a build of the sample."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import count

import pytest

from tests.postgres.server import Server, running
from tests.sample import SAMPLE
from tests.warehouse.warehouse import Warehouse

_NUMBERS = count(1)


@pytest.fixture(scope="session")
def server() -> Iterator[Server]:
    with running() as server:
        server.do("postgres", "create role reader login", "create role publisher login password 'p@ss/w:rd%'")
        yield server


@pytest.fixture
def database(server: Server) -> str:
    """Return the name of an empty database, owned by the role `publisher`."""
    name = f"tiltak_{next(_NUMBERS)}"
    server.do("postgres", f"create database {name} owner publisher")
    return name


@pytest.fixture(scope="session")
def built(tmp_path_factory: pytest.TempPathFactory) -> Warehouse:
    warehouse = Warehouse(tmp_path_factory.mktemp("publishing"))
    assert warehouse.load(SAMPLE).returncode == 0
    assert warehouse.dbt("build").returncode == 0
    return warehouse
