"""The files of the sample, published once for all tests."""

from __future__ import annotations

import pytest

from tests.publishers.files_to_take import Taken, make_up_main_groups, publish_files
from tests.warehouse.warehouse import Warehouse


@pytest.fixture(scope="session")
def taken(sample_build: Warehouse, tmp_path_factory: pytest.TempPathFactory) -> Taken:
    """Return the files of the sample, with made-up figures of main groups."""
    warehouse = sample_build.copy(tmp_path_factory.mktemp("taken"))
    make_up_main_groups(warehouse)
    assert publish_files(warehouse) == 0
    return Taken(warehouse.folder / "files", warehouse.build_database)
