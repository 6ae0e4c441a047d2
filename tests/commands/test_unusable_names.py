"""A name that DuckDB and dbt would read in two ways is refused before anything is made, by every command."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import duckdb
import pytest
from dbt.adapters.duckdb.credentials import DuckDBCredentials
from dbt.adapters.duckdb.plugins import BasePlugin
from dbt.clients.yaml_helper import load_yaml_text
from dbt_common.exceptions import DbtRuntimeError
from jinja2 import Environment

from auditors.commands import main as audit
from loaders.commands import main as load
from publishers.commands import main as publish
from tests.database_files import query
from tests.loaders.report_texts import EXCERPTS
from tests.sample import PROJECT
from warehouse.errors import DatabaseError
from warehouse.naming import database_name, require_usable_name
from warehouse.settings import DEFAULT_BUILD, SCHEMAS

Output = pytest.CaptureFixture[str]

REPORT = str(EXCERPTS / "stars.txt")
REFUSED = {
    'q"uote.duckdb': "QUOTATION MARK",
    "q'uote.duckdb": "APOSTROPHE",
    "back\\slash.duckdb": "REVERSE SOLIDUS",
    "new\nline.duckdb": "U+000A",
    "😀.duckdb": "GRINNING FACE",
    "a;b.duckdb": "? # or ;",
    "a#b.duckdb": "? # or ;",
    "a?b.duckdb": "? # or ;",
    "C#/tiltak.duckdb": "? # or ;",
    "main.duckdb": "DuckDB keeps for itself",
    "Temp": "DuckDB keeps for itself",
    "system.db": "DuckDB keeps for itself",
    "raw.duckdb": "a schema",
    "RAW.duckdb": "a schema",
    "localisation.duckdb": "a schema",
    "ΟΔΟΣ.duckdb": "write small in different ways",
    " lead.duckdb": "with a space at its end",
    "trail .duckdb": "with a space at its end",
    "ducklake:x.duckdb": "another kind",
    "İ.duckdb": "write small in different ways",
    "...": "a file name without a letter",
    f"{'ø' * 100}.db": "a file name of 203 bytes",
    "\udcff.duckdb": "not text in UTF-8",
}
"""A path within a folder → what the message says of it."""
WORKING = [
    "tiltak-2024.duckdb", "2024.duckdb", "2024", "sp ace.duckdb", "ø.duckdb", "select.db", "a.b.duckdb", ".hidden",
    "memory.duckdb", "tiltak", "100%.duckdb", "{{ x }}.duckdb", f"{'x' * 190}.duckdb", "e\u0301.duckdb", "md:x",
    ":memory:", "s3:x.duckdb",
]  # fmt: skip


def settings_in(name: str) -> dict[str, Any]:
    """Return what a YAML file of the project says."""
    settings = load_yaml_text((PROJECT / name).read_text(encoding="utf-8"))
    assert settings is not None
    return settings


def path_in_profile(variable: str | None) -> str:
    """Return the database that dbt opens where TILTAK_DATABASE is `variable`."""
    profiles = settings_in("profiles.yml")
    template = Environment(autoescape=False).from_string(profiles["tiltak"]["outputs"]["build"]["path"])  # noqa: S701
    return template.render(env_var=lambda _, default: default if variable is None else variable)


@pytest.mark.parametrize(("name", "found"), REFUSED.items())
def test_name_that_a_build_cannot_bear_is_refused_before_it_is_loaded(
    tmp_path: Path, name: str, found: str, capsys: Output
) -> None:
    assert load([REPORT, "--database", str(tmp_path / name)]) == 2
    message = capsys.readouterr().err
    assert "found " in message
    assert found in message
    assert message.endswith(
        "; expected a name that DuckDB and dbt both take as it is, such as build/tiltak.duckdb; "
        "rename the file, or give another one\n"
    )
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("name", ["~/tiltak.duckdb", "~tiltak.duckdb"])
def test_home_folder_that_no_shell_wrote_out_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str, capsys: Output
) -> None:
    monkeypatch.chdir(tmp_path)
    assert load([REPORT, "--database", name]) == 2
    assert f"{name}: found a path that begins with ~" in capsys.readouterr().err
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("name", WORKING)
def test_name_that_passes_is_what_both_duckdb_and_dbt_call_the_database(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    monkeypatch.chdir(tmp_path)
    for given in (name, str(tmp_path / name)):
        assert load([REPORT, "--database", given]) == 0
        assert query(tmp_path / name, "select current_database(), count(*) from raw.cells") == [
            (database_name(name), 40)
        ]
        path = path_in_profile(given)
        assert Path(path).absolute() == tmp_path / name
        assert DuckDBCredentials.from_dict({"path": path, "schema": "main"}).database == database_name(name)
    assert load(["remove", "2024", "--database", name]) == 0


def test_empty_variable_counts_as_unset_for_dbt_too() -> None:
    assert path_in_profile("") == path_in_profile(None) == DEFAULT_BUILD


@pytest.mark.parametrize("name", ["raw.duckdb", "q'uote.duckdb", "a#b.duckdb"])
def test_database_that_another_program_named_so_is_refused_by_every_command(
    tmp_path: Path, name: str, capsys: Output
) -> None:
    path = tmp_path / name
    duckdb.connect(path.absolute()).close()
    before = path.read_bytes()
    for command, arguments in (
        (load, [REPORT, "--database", str(path)]),
        (load, ["list", "--database", str(path)]),
        (load, ["remove", "2024", "--database", str(path)]),
        (publish, ["database", "--from", str(path), "--to", str(tmp_path / "readers.duckdb")]),
        (audit, ["disclosure", "--database", str(path)]),
    ):
        assert command(arguments) == 2
        assert "expected a name that DuckDB and dbt both take" in capsys.readouterr().err
    credentials = DuckDBCredentials.from_dict({"path": str(path), "schema": "main"})
    with pytest.raises(DbtRuntimeError, match="expected a name that DuckDB and dbt both take"):
        BasePlugin.create("warehouse.dbt_plugin", credentials=credentials)
    assert [entry.name for entry in tmp_path.iterdir()] == [name]
    assert path.read_bytes() == before


def test_every_schema_that_dbt_makes_is_no_name_of_a_database() -> None:
    def schemas(settings: object) -> set[str]:
        if not isinstance(settings, dict):
            return set()
        own = {settings["+schema"]} if "+schema" in settings else set()
        return own.union(*(schemas(value) for value in settings.values()))

    project = settings_in("dbt_project.yml")
    assert {"main", "raw", "build"} | schemas(project["models"]) | schemas(project["seeds"]) == SCHEMAS


def test_long_name_that_passes_leaves_room_for_the_files_beside_it(tmp_path: Path) -> None:
    longest = "x" * 200
    require_usable_name(longest)
    with pytest.raises(DatabaseError, match="201 bytes"):
        require_usable_name(f"{longest}x")
    assert len(f".{longest}.{2**22}.wal") < os.pathconf(tmp_path, "PC_NAME_MAX")
