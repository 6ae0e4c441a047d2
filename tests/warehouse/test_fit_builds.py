"""What counts as a build: whole, of the project as it is, and right also where a model forgets a filter."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import duckdb
import pytest

from tests.editions import history
from tests.sample import PROJECT, SAMPLE
from tests.warehouse.forked_commands import Forked, dbt, finish, loaders
from tests.warehouse.table_contents import Row, assert_same, snapshot
from tests.warehouse.warehouse import Warehouse
from warehouse.errors import RefusedError
from warehouse.fingerprint import project_fingerprint

FILTER = re.compile(r"^.*\{\{ where_in_scope\(.*\n", flags=re.MULTILINE)


def whole(warehouse: Warehouse) -> dict[str, list[Row]]:
    """Return the rows of all tables, of which the promised ones have some."""
    tables = snapshot(warehouse)
    for name in ("marts.fct_participants_vintages", "marts.fct_participants", "audit.reconciliation_checks"):
        assert tables[name], name
    return tables


def test_a_model_that_forgets_its_filter_gives_the_same_tables(tmp_path: Path) -> None:
    """March, then April: without a filter, each model gives the rows of both again."""
    editions = history(2024, 3, 2)
    as_is, forgetful = Warehouse(tmp_path / "as_is"), Warehouse(tmp_path / "forgetful")
    models = list((forgetful.project / "models").rglob("*.sql"))
    assert sum(len(FILTER.findall(model.read_text(encoding="utf-8"))) for model in models) > 50
    for model in models:
        model.write_text(FILTER.sub("", model.read_text(encoding="utf-8")), encoding="utf-8")
    for warehouse, lots in ((forgetful, [[edition] for edition in editions]), (as_is, [editions])):
        for lot in lots:
            for edition in lot:
                report = tmp_path / edition.file_name
                report.write_text(edition.text, encoding="utf-8")
                finish(loaders(warehouse, report))
                with duckdb.connect(warehouse.build_database) as connection:
                    connection.execute("update raw.reports set loaded_at = period_end")
            finish(dbt(warehouse, "--quiet", "build"))
    assert_same(whole(forgetful), whole(as_is))


@pytest.fixture(scope="module")
def built(sample_build: Warehouse, tmp_path_factory: pytest.TempPathFactory) -> Warehouse:
    """Return the sample, built and published."""
    warehouse = sample_build.copy(tmp_path_factory.mktemp("built"))
    assert warehouse.publish().returncode == 0
    return warehouse


def assert_unfit(warehouse: Warehouse, words: str) -> None:
    published = warehouse.publish()
    assert published.returncode == 1
    assert words in published.stderr


def test_what_is_no_whole_build_of_the_project_is_not_published(
    built: Warehouse, monkeypatch: pytest.MonkeyPatch
) -> None:
    """One part after the other is made otherwise than by a build; a plain build then makes all of it anew."""
    before = whole(built)
    seed = built.project / "seeds" / "measures.csv"
    original = seed.read_text(encoding="utf-8")
    seed.write_text(original.replace(",Mentor,", ",Mentortilskudd,"), encoding="utf-8")
    assert seed.read_text(encoding="utf-8") != original
    assert_unfit(built, "of another state of the project")
    seed.write_text(original, encoding="utf-8")
    assert built.publish().returncode == 0

    assert "left rows out (--empty)" in printed(dbt(built, "--quiet", "run", "-s", "dim_measure", "--empty"))
    assert_unfit(built, "1 table of another state of the project, or not made to the end: marts.dim_measure")

    seed.write_text(original.replace(",Mentor,", ",Mentortilskudd,"), encoding="utf-8")
    finish(dbt(built, "--quiet", "seed"))
    finish(dbt(built, "--quiet", "run", "-s", "dim_measure"))
    assert_unfit(built, "expected a build of the project as it is now")
    seed.write_text(original, encoding="utf-8")
    assert_unfit(built, "marts.dim_measure")

    monkeypatch.setenv("DBT_EMPTY", "1")
    assert "left rows out (--empty)" in printed(dbt(built, "--quiet", "run", "-s", "int_observations"))
    monkeypatch.delenv("DBT_EMPTY")
    assert_unfit(built, "1 report loaded or removed since the build, or not built to the end")

    printed(dbt(built, "--quiet", "build", "--empty"))
    assert_unfit(built, "expected a build of all reports")
    finish(dbt(built, "--quiet", "build"))
    assert_same(whole(built), before)
    assert built.publish().returncode == 0


def test_a_report_without_rows_is_not_published(built: Warehouse) -> None:
    for table, thing in (("audit.reconciliation_checks", "checks"), ("intermediate.int_observations", "observations")):
        with duckdb.connect(built.build_database) as connection:
            connection.execute(f"delete from {table}")  # noqa: S608 - own names
        assert_unfit(built, f"1 report without {thing}: 2024-04_oppfolging.txt")


def printed(run: Forked) -> str:
    run.wait()
    return run.log.read_text()


def test_dbt_works_on_the_project_from_any_folder(tmp_path: Path) -> None:
    """It finds the project's packages beside the profile, and makes nothing in the folder where it is called."""
    warehouse = Warehouse(tmp_path / "w")
    project = warehouse.project
    with (project / "seeds" / "measures.csv").open("a", encoding="utf-8") as seed:
        seed.write("\n")
    assert project_fingerprint(project) != project_fingerprint(PROJECT)
    finish(loaders(warehouse, SAMPLE))
    (project / "build").mkdir()
    shutil.copy(warehouse.build_database, project / "build" / "tiltak.duckdb")
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    unset = {"TILTAK_DATABASE", "PYTHONPATH"}
    where = ("--project-dir", project, "--profiles-dir", PROJECT, "--target-path", tmp_path / "target")
    ran = subprocess.run(
        [Path(sys.executable).parent / "dbt", "--quiet", "run", "-s", "+dim_measure", *where],
        cwd=elsewhere,
        env={name: text for name, text in os.environ.items() if name not in unset},
        capture_output=True,
        text=True,
        check=False,
    )
    assert ran.returncode == 0, ran.stdout
    assert list(elsewhere.iterdir()) == []
    made = (
        "select project_fingerprint from build.built_tables where (schema_name, table_name) = ('marts', 'dim_measure')"
    )
    with duckdb.connect(project / "build" / "tiltak.duckdb", read_only=True) as connection:
        found = connection.execute(made).fetchall()
    assert found == [(project_fingerprint(project),)]


def test_a_folder_without_a_project_has_no_fingerprint(tmp_path: Path) -> None:
    with pytest.raises(RefusedError, match=r"found no file in dbt_project\.yml; expected a dbt project"):
        project_fingerprint(tmp_path)
