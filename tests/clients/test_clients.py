"""Each client that docs/how-to/connect.md calls tried reads the same figures, and its stars are no zeros there."""

from __future__ import annotations

import re
import subprocess
import sys
from importlib.metadata import version
from pathlib import Path

import pytest

from tests.sample import PROJECT, SAMPLE
from tests.warehouse.warehouse import Warehouse

PAGE = PROJECT / "docs" / "how-to" / "connect.md"
_BLOCKS = re.compile(r"```python\n(.*?)```\n+```text\n(.*?)```", re.DOTALL)
CLIENTS = {
    "duckdb": "duckdb",
    "pandas": "pandas",
    "polars": "polars",
    "ibis": "ibis-framework",
    "sqlalchemy": "duckdb-sqlalchemy",
}
"""What a block of the page imports last → the package whose version the page names."""


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder with a published file, as the page takes for granted."""
    built = Warehouse(tmp_path_factory.mktemp("clients"))
    assert built.load(SAMPLE).returncode == 0
    assert built.dbt("build").returncode == 0
    assert built.publish().returncode == 0
    return built.folder


@pytest.mark.parametrize("client", CLIENTS)
def test_what_the_page_types_gives_what_it_shows(client: str, folder: Path) -> None:
    blocks = _BLOCKS.findall(PAGE.read_text(encoding="utf-8"))
    [(code, shown)] = [block for block in blocks if re.findall(r"^import (\w+)", block[0], re.MULTILINE)[-1] == client]
    typed = subprocess.run([sys.executable, "-c", code], cwd=folder, capture_output=True, text=True, check=False)
    assert typed.returncode == 0, typed.stderr
    assert typed.stdout.strip() == shown.strip()


@pytest.mark.parametrize("package", CLIENTS.values())
def test_the_page_names_the_version_tried(package: str) -> None:
    major_and_minor = ".".join(version(package).split(".")[:2])
    assert f"{package} {major_and_minor}" in PAGE.read_text(encoding="utf-8")
