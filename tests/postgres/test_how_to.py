"""The page on publishing to PostgreSQL is followed to the letter, and works."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.how_to_pages import Commands, steps
from tests.postgres.server import Server
from tests.test_how_to import PAGES, copy_of_project, run


def test_the_page_works_to_the_letter(server: Server, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    project = copy_of_project(tmp_path / "project")
    for name, text in {"PGHOST": str(server.folder), "PGPORT": str(server.port), "PGUSER": "postgres"}.items():
        monkeypatch.setenv(name, text)
    for step in steps(PAGES / "publish-to-postgresql.md"):
        assert isinstance(step, Commands)
        for line in step.lines:
            typed = run(project, line)
            assert typed.returncode == 0, typed.stdout
    server.do("tiltak", "set role tiltak_reader", "table marts.fct_participants")
    [(row_count,)] = server.ask("tiltak", "select count(*) from marts.fct_participants")
    assert row_count > 20
