"""A build database may bear nearly any name, and is loaded, built, published and cleared under it."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import duckdb
import pytest

from loaders.commands import main as load
from publishers.commands import main as publish
from tests.sample import SAMPLE
from tests.warehouse import forked_commands
from tests.warehouse.warehouse import Warehouse

NAME = "2024 select-%s{{x}}{%y%}$1@ø~*[]|&,=+!^<>`:Ω.duckdb"
"""A digit first, words and signs that mean something to SQL, Jinja, Python and shells, and letters beyond ASCII."""


@dataclass(frozen=True, slots=True)
class Named(Warehouse):
    """A warehouse whose build database bears the name."""

    @property
    def build_database(self) -> Path:
        return self.folder / NAME


def test_name_that_is_loaded_is_built_built_on_published_listed_and_cleared(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    warehouse = Named(tmp_path)
    forked_commands.finish(forked_commands.loaders(warehouse, SAMPLE))
    forked_commands.finish(forked_commands.dbt(warehouse, "--quiet", "build"))
    # A table that is there already has rows of its own replaced, by other statements than those that make it.
    forked_commands.finish(forked_commands.dbt(warehouse, "--quiet", "run", "--select", "exact_findings"))
    assert publish(["database", "--from", str(warehouse.build_database), "--to", str(warehouse.readers_database)]) == 0
    with duckdb.connect(warehouse.readers_database, read_only=True) as readers:
        assert readers.execute("select count(*) from intermediate.int_observations").fetchall() == [(1_450,)]
    assert load(["list", "--database", str(warehouse.build_database)]) == 0
    assert "1 report, 1,710 cells" in capsys.readouterr().out
    assert load(["remove", "2024", "--database", str(warehouse.build_database)]) == 0
