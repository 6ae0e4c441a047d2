"""The page on building on a cluster is followed to the letter, and works."""

from __future__ import annotations

from pathlib import Path

import duckdb
import pytest

from tests.cluster.cluster import Cluster
from tests.how_to_pages import Commands, Query, steps
from tests.test_how_to import ON_A_CLUSTER, PAGES, copy_of_project, run


@pytest.mark.parametrize("page", ON_A_CLUSTER)
def test_the_page_works_to_the_letter(
    page: str, cluster: Cluster, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    project = copy_of_project(tmp_path / "project")
    monkeypatch.setenv("SPARK_MASTER", cluster.master)
    for step in steps(PAGES / f"{page}.md"):
        match step:
            case Commands(lines):
                for line in lines:
                    typed = run(project, line)
                    assert typed.returncode == 0, typed.stdout
            case Query(sql):
                with duckdb.connect(project / "tiltak.duckdb", read_only=True) as readers:
                    assert len(readers.execute(sql).fetchall()) > 1
            case _:
                raise TypeError(step)
