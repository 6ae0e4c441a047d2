"""A small report, and a database that holds it."""

from __future__ import annotations

from pathlib import Path

import pytest

from loaders.commands import main
from tests.loaders.report_texts import excerpt


@pytest.fixture(autouse=True)
def issues(monkeypatch: pytest.MonkeyPatch) -> dict[str, int]:
    """Return the rows of the seed `report_issues`, report_id → issue, for a test to fill: none at first."""
    numbers: dict[str, int] = {}
    monkeypatch.setattr(
        "warehouse.issues.rows_of_seed",
        lambda _: [
            (line, {"report_id": report_id, "issue_number": str(number), "reason": "made up"})
            for line, (report_id, number) in enumerate(numbers.items(), start=2)
        ],
    )
    return numbers


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
