"""One build of the sample for all tests of a process that begin with it."""

from __future__ import annotations

import pytest

from tests.sample import SAMPLE
from tests.warehouse.warehouse import Warehouse


@pytest.fixture(scope="session")
def sample_build(tmp_path_factory: pytest.TempPathFactory) -> Warehouse:
    """Return a warehouse of the sample, built, not published. A test that changes it works on `copy`."""
    warehouse = Warehouse(tmp_path_factory.mktemp("sample_build"))
    loaded = warehouse.load(SAMPLE)
    assert loaded.returncode == 0, loaded.stderr
    warehouse.build()
    return warehouse
