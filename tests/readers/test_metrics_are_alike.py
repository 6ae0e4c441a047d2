"""Every table of figures has the same metrics: nine files that say the same of nine tables must not drift apart."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.sample import PROJECT

FILES = {
    path.name.removeprefix("_").removesuffix("__metrics.yml"): path
    for path in sorted((PROJECT / "models" / "semantic").glob("_*__metrics.yml"))
}
"""Table → the file with its semantic model and its metrics."""
PLAIN = "participants"


def metrics(table: str, path: Path) -> dict[str, Any]:
    """Return the metrics of a table by their names, what they are called after their table left out."""
    suffix, words = table.removeprefix(PLAIN), f" {table.removeprefix(PLAIN).replace('_', ' ').strip()}"
    text = path.read_text(encoding="utf-8")
    if suffix:
        text = text.replace(suffix, "").replace(f"{words},", ",").replace(f'{words}"', '"')
    return {metric["name"]: metric for metric in yaml.safe_load(text)["metrics"]}


def test_every_table_of_figures_has_metrics() -> None:
    tables = {path.stem for path in (PROJECT / "models" / "readers").rglob(f"{PLAIN}*.sql")}
    assert len(tables) == 9
    assert FILES.keys() == tables


@pytest.mark.parametrize("table", [table for table in FILES if table != PLAIN])
def test_a_table_has_the_metrics_of_every_other_one(table: str) -> None:
    expected, found = metrics(PLAIN, FILES[PLAIN]), metrics(table, FILES[table])
    assert {name: found.get(name) for name in expected} == expected


@pytest.mark.parametrize("table", FILES)
def test_months_are_added_only_to_work_out_a_mean(table: str) -> None:
    """What adds over months is a measure of its own, which a mean divides by the months."""
    content = yaml.safe_load(FILES[table].read_text(encoding="utf-8"))
    [model] = content["semantic_models"]
    added = {
        measure["name"]
        for measure in model["measures"]
        if measure["agg"] == "sum" and "non_additive_dimension" not in measure
    }
    sums = {metric["name"] for metric in content["metrics"] if metric["type_params"].get("measure") in added}
    users = {
        metric["name"]
        for metric in content["metrics"]
        if sums & {part["name"] for part in metric["type_params"].get("metrics", [])}
    }
    assert len(added) == len(sums) == 2
    assert all(name.startswith("mean_of_months") for name in users)
    assert len(users) == 2
