"""A release in parts is published to a server as a build of the same reports is."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from tests.builders.building import Releases
from tests.builders.reports import NEWEST, OVER_NEW_YEAR, reports
from tests.database_files import query
from tests.postgres.server import Server

_COLUMNS = """
select schema_name, table_name, string_agg('"' || column_name || '"', ', ' order by column_index)
from duckdb_columns()
where
    (schema_name, table_name) in (select (schema_name, table_name) from build.readers_tables)
    and schema_name <> 'build' and column_name <> 'loaded_at'
group by all
order by all
"""


@pytest.fixture(scope="module")
def releases(tmp_path_factory: pytest.TempPathFactory) -> Releases:
    releases = Releases(tmp_path_factory.mktemp("releases"))
    releases.receive({name: reports()[name] for name in (NEWEST, OVER_NEW_YEAR)})
    built = releases.build("--reports-per-part", "1")
    assert built.returncode == 0, built.stderr
    assert len(releases.manifest()["parts"]) == 2
    releases.build_on_one_machine()
    return releases


def test_a_release_is_on_the_server_what_one_build_is(server: Server, database: str, releases: Releases) -> None:
    """All rows of all columns but the time of loading."""
    dsn = server.dsn(database, "publisher")
    published = releases.run("publishers", "postgres", dsn, "--from", releases.release, "--reader", "reader")
    assert published.returncode == 0, published.stderr
    build = releases.warehouse.build_database
    tables = query(build, _COLUMNS)
    assert len(tables) > 40
    for schema, table, columns in tables:
        rows = f'select {columns} from "{schema}"."{table}"'  # noqa: S608 - own names
        found = Counter(map(repr, server.ask(database, rows, user="reader")))
        assert found == Counter(map(repr, query(build, rows))), f"{schema}.{table}"


def test_a_release_that_is_damaged_leaves_the_server_as_it_was(
    server: Server, database: str, releases: Releases, tmp_path: Path
) -> None:
    dsn = server.dsn(database, "publisher")
    assert releases.run("publishers", "postgres", dsn, "--from", releases.release).returncode == 0
    count = "select count(*) from participants"
    before = server.ask(database, count)
    damaged = tmp_path / "release"
    releases.warehouse.run("cp", "-rL", str(releases.release), str(damaged))
    file = next((damaged / "main" / "participants").iterdir())
    file.chmod(0o644)
    file.write_bytes(file.read_bytes()[:-1])
    refused = releases.run("publishers", "postgres", dsn, "--from", damaged)
    assert refused.returncode == 1
    assert f"main/participants/{file.name}: found other bytes than the manifest tells of" in refused.stderr
    assert server.ask(database, count) == before
