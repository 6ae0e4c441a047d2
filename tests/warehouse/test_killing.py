"""A loader or a build that dies at any moment leaves what the next `make build` completes to the same tables."""

from __future__ import annotations

import random
import time
from pathlib import Path

import duckdb

from tests.editions import Edition, Revision, history, revise
from tests.warehouse.forking import dbt, finish, loaders
from tests.warehouse.project import Warehouse
from tests.warehouse.test_history import assert_same, snapshot

ROUNDS = 6
BUILDS_KILLED_PER_ROUND = 5
LOADS_KILLED_PER_ROUND = 5


def editions() -> list[Edition]:
    """Return as many editions as there are rounds, over New Year, with a re-issue among them."""
    revision = Revision(2024, 2, lambda figures: revise(figures, months=[1], seed=1), is_reissue=True)
    return history(2023, 12, ROUNDS - 1, revisions=[revision])


def test_killed_loaders_and_builds_are_completed_to_the_same_tables(tmp_path: Path) -> None:
    warehouse = Warehouse(tmp_path)
    chance = random.Random(1)  # noqa: S311 - no secret
    inbox = tmp_path / "inbox"
    inbox.mkdir()
    lengths = {"load": 1.0, "build": 4.0}
    kills = 0
    for edition in editions():
        edition.write(inbox)
        for _ in range(LOADS_KILLED_PER_ROUND):
            kills += loaders(warehouse, inbox).kill_after(chance.uniform(0, lengths["load"]))
        started = time.monotonic()
        finish(loaders(warehouse, inbox))
        lengths["load"] = time.monotonic() - started
        for _ in range(BUILDS_KILLED_PER_ROUND):
            kills += dbt(warehouse, "build").kill_after(chance.uniform(0, lengths["build"]))
        started = time.monotonic()
        if chance.random() < 0.5:
            finish(dbt(warehouse, "build"))
            lengths["build"] = time.monotonic() - started
    finish(dbt(warehouse, "build"))
    assert kills >= 50
    assert_same(snapshot(warehouse), built_anew(warehouse, tmp_path / "anew"))
    assert warehouse.publish().returncode == 0


def built_anew(warehouse: Warehouse, folder: Path) -> dict[str, list[tuple[object, ...]]]:
    """Return the tables that one undisturbed build makes of what is loaded."""
    anew = Warehouse(folder)
    anew.build_database.parent.mkdir(parents=True)
    with duckdb.connect(anew.build_database) as connection:
        connection.execute(f"attach '{warehouse.build_database}' as killed (read_only)")
        connection.execute("create schema raw")
        for table in ("reports", "cells"):
            connection.execute(f"create table raw.{table} as from killed.raw.{table}")
    finish(dbt(anew, "build"))
    return snapshot(anew)
