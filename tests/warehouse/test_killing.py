"""A loader or a build that dies at any moment leaves what the next `make build` completes to the same tables."""

from __future__ import annotations

import random
import shutil
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

import duckdb

from tests.editions import Edition, Revision, history, revise
from tests.warehouse.forked_commands import Forked, dbt, finish, loaders
from tests.warehouse.table_contents import assert_same, snapshot
from tests.warehouse.warehouse import Warehouse

ROUNDS = 4
BUILDS_KILLED_PER_ROUND = 2
LOADS_KILLED_PER_ROUND = 4


def editions() -> list[Edition]:
    """Return as many editions as there are rounds, over New Year, with a re-issue among them."""
    revision = Revision(2024, 2, lambda figures: revise(figures, months=[1], seed=1), is_reissue=True)
    return history(2023, 12, ROUNDS - 1, revisions=[revision])


def test_killed_loaders_and_builds_are_completed_to_the_same_tables(tmp_path: Path) -> None:
    warehouse = Warehouse(tmp_path)
    chance = random.Random(1)  # noqa: S311 - no secret
    inbox = tmp_path / "inbox"
    inbox.mkdir()
    killed = Killed(chance)
    issues = tmp_path / "issues"
    issues.mkdir()
    warehouse.number_issues(*(edition.write(issues) for edition in editions() if edition.month == 2))
    for edition in editions():
        edition.write(inbox)
        for _ in range(LOADS_KILLED_PER_ROUND):
            killed.while_at_work("load", lambda: loaders(warehouse, inbox))
        finish(loaders(warehouse, inbox))
        for _ in range(BUILDS_KILLED_PER_ROUND):
            killed.while_at_work("build", lambda: dbt(warehouse, "build"))
        if chance.random() < 0.5:
            finish(dbt(warehouse, "build"))
    finish(dbt(warehouse, "build"))
    assert killed.count == ROUNDS * (BUILDS_KILLED_PER_ROUND + LOADS_KILLED_PER_ROUND)
    assert_same(snapshot(warehouse), built_anew(warehouse, tmp_path / "anew"))
    assert warehouse.publish().returncode == 0


@dataclass
class Killed:
    """Kills commands at random moments while they work, which takes longer or shorter as machines and work differ."""

    chance: random.Random
    count: int = 0
    seconds: dict[str, float] = field(default_factory=lambda: {"load": 1.0, "build": 5.0})

    def while_at_work(self, name: str, start: Callable[[], Forked]) -> None:
        """Start the command until it could be killed before it was done."""
        while not start().kill_after(self.chance.uniform(0, self.seconds[name])):
            self.seconds[name] *= 0.8
        self.seconds[name] *= 1.1
        self.count += 1


def built_anew(warehouse: Warehouse, folder: Path) -> dict[str, list[tuple[object, ...]]]:
    """Return the tables that one undisturbed build makes of what is loaded."""
    anew = Warehouse(folder)
    issues = Path("seeds", "report_issues.csv")
    shutil.copy(warehouse.project / issues, anew.project / issues)
    anew.build_database.parent.mkdir(parents=True)
    with duckdb.connect(anew.build_database) as connection:
        connection.execute(f"attach '{warehouse.build_database}' as killed (read_only)")
        connection.execute("create schema raw")
        for table in ("reports", "cells"):
            connection.execute(f"create table raw.{table} as from killed.raw.{table}")
    finish(dbt(anew, "build"))
    return snapshot(anew)
