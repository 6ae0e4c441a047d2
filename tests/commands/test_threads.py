"""TILTAK_THREADS: how many threads DuckDB has in a build."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from dbt.adapters.duckdb.credentials import DuckDBCredentials
from dbt.adapters.duckdb.plugins import BasePlugin
from dbt_common.exceptions import DbtRuntimeError


def threads_of_a_build(folder: Path) -> int | None:
    credentials = DuckDBCredentials.from_dict({"path": str(folder / "tiltak.duckdb"), "schema": "main"})
    plugin = BasePlugin.create("warehouse.dbt_plugin", credentials=credentials)
    config: dict[str, Any] = {}
    plugin.update_connection_config(credentials, config)
    return config.get("threads")


@pytest.mark.parametrize(("given", "threads"), [("", None), ("1", 1), ("2", 2)])
def test_duckdb_has_the_threads_that_are_given(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, given: str, threads: int | None
) -> None:
    monkeypatch.setenv("TILTAK_THREADS", given)
    assert threads_of_a_build(tmp_path) == threads


@pytest.mark.parametrize("given", ["0", "two", "-1"])
def test_what_is_no_number_of_threads_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, given: str) -> None:
    monkeypatch.setenv("TILTAK_THREADS", given)
    with pytest.raises(DbtRuntimeError, match=f'TILTAK_THREADS: found the text "{given}"; expected a number'):
        threads_of_a_build(tmp_path)
