"""The files of the sample, published once for all tests."""

from __future__ import annotations

import pytest

from tests.publishers.files_to_take import Taken, publish_files
from tests.warehouse.warehouse import Warehouse


@pytest.fixture(scope="session")
def taken(sample_build: Warehouse, tmp_path_factory: pytest.TempPathFactory) -> Taken:
    target = tmp_path_factory.mktemp("taken") / "files"
    assert publish_files(sample_build, target) == 0
    return Taken(target, sample_build.build_database)
