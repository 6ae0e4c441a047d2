"""The folders of models: each is a schema, and data flows through them in one direction."""

from __future__ import annotations

from collections.abc import Iterable
from graphlib import CycleError, TopologicalSorter
from typing import Any

import pytest
from dbt.cli.main import dbtRunner

from tests.sample import PROJECT
from tests.warehouse.warehouse import Warehouse
from warehouse.settings import SCHEMAS

OTHER_SCHEMAS = {"readers": "main", "observations": "intermediate"}
"""Folders that are another schema: one in which nobody has to name it, and one that readers know by its schema."""


def folder_cycle(references: Iterable[tuple[str, str]]) -> list[str]:
    """Return folders that depend on each other in a circle, given pairs of a folder and one it reads; else nothing."""
    graph = TopologicalSorter[str]()
    for folder, read in references:
        if folder != read:
            graph.add(folder, read)
    try:
        graph.prepare()
    except CycleError as error:
        return list(error.args[1])
    return []


def test_a_circle_of_folders_is_found() -> None:
    one_way = [("marts", "intermediate"), ("audit", "checks"), ("checks", "rules"), ("checks", "checks")]
    assert folder_cycle(one_way) == []
    assert sorted(set(folder_cycle([*one_way, ("rules", "audit")]))) == ["audit", "checks", "rules"]


def test_folders_are_schemas_without_a_circle(tmp_path_factory: pytest.TempPathFactory) -> None:
    warehouse = Warehouse(tmp_path_factory.mktemp("manifest"))
    where = ("--project-dir", str(PROJECT), "--profiles-dir", str(PROJECT), "--target-path", str(warehouse.folder))
    manifest: Any = dbtRunner().invoke(["--quiet", "parse", *where]).result
    models = {name: node for name, node in manifest.nodes.items() if node.resource_type == "model"}
    folders = {name: node.original_file_path.split("/")[1] for name, node in models.items()}
    assert {node.name: node.schema for node in models.values()} == {
        node.name: OTHER_SCHEMAS.get(folders[name], folders[name]) for name, node in models.items()
    }
    assert {node.schema for node in models.values()} <= SCHEMAS
    references = [
        (folders[name], folders[read])
        for name, node in models.items()
        for read in node.depends_on.nodes
        if read in folders
    ]
    assert len({folder for folder, _ in references}) > 5
    assert folder_cycle(references) == []
