"""A small report, and a database that holds it."""

from __future__ import annotations

from pathlib import Path

import pytest

from loaders.commands import main
from tests.loaders.report_texts import excerpt


@pytest.fixture
def report(tmp_path: Path) -> Path:
    """Return the path of a small report."""
    path = tmp_path / "report.txt"
    path.write_text(excerpt("stars"), encoding="utf-8")
    return path


@pytest.fixture
def database(tmp_path: Path, report: Path) -> Path:
    """Return the path of a database that holds the small report."""
    path = tmp_path / "new folder" / "tiltak.duckdb"
    assert main([str(report), "--database", str(path)]) == 0
    return path
