"""The sample report through every command that a user types."""

from __future__ import annotations

import csv
import json
import re
from datetime import date
from pathlib import Path

import pytest

from tests.sample import PROJECT, SAMPLE
from tests.warehouse.warehouse import Warehouse


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Warehouse:
    warehouse = Warehouse(tmp_path_factory.mktemp("sample"))
    loaded = warehouse.load(SAMPLE)
    assert loaded.returncode == 0, loaded.stderr
    build = warehouse.dbt("build", "--vars", "compare_contracts: true")
    assert build.returncode == 0, build.stdout
    published = warehouse.publish()
    assert published.returncode == 0, published.stderr
    return warehouse


def test_every_printed_cell_lands_and_every_series_comes_out(built: Warehouse) -> None:
    assert built.query("select count(*), count(*) filter (value_text = '*') from raw.cells") == [(1710, 142)]
    assert built.query(
        "select count(*), count(distinct (participant_group_code, measure_code, breakdown, category_code)) "
        "from intermediate.int_observations"
    ) == [(1450, 290)]


def test_every_figure_is_the_printed_one(built: Warehouse) -> None:
    printed = {
        (number, column): text.replace(" ", "")
        for number, line in enumerate(SAMPLE.read_text(encoding="utf-8").split("\n"), start=1)
        for column, text in enumerate(line.split("\t"))
        if column
    }
    observations = built.query(
        "select line_number, column_number, value, value_lower, value_upper from intermediate.int_observations"
    )
    for line_number, column_number, value, lower, upper in observations:
        text = printed[line_number, column_number]
        assert (value, lower, upper) == ((None, 0, 3) if text == "*" else (int(text),) * 3)


def test_no_rule_is_violated_and_each_has_instances(built: Warehouse) -> None:
    verdicts = built.query(
        "select rule_code, list_sort(list(distinct verdict)) from audit.reconciliation_checks group by 1"
    )
    assert len(verdicts) == 18
    assert all(set(found) <= {"proven", "possible"} for _, found in verdicts)


def test_each_rule_is_a_test_of_its_name() -> None:
    with (PROJECT / "seeds" / "rules.csv").open(encoding="utf-8", newline="") as file:
        rules = {row["rule_code"] for row in csv.DictReader(file)}
    tests = (PROJECT / "models" / "audit" / "_audit__models.yml").read_text(encoding="utf-8")
    named = re.findall(r"name: (\w+),? *(?:\n *)?arguments: \{rule_code: (\w+)\}", tests)
    assert all(name == rule for name, rule in named)
    assert {rule for _, rule in named} == rules


def test_suppressed_months_of_mentor_in_finnmark_are_intervals(built: Warehouse) -> None:
    rows = built.query(
        "select month, participants, participants_lower, participants_upper from marts.fct_participants_by_county "
        "where measure_code = 'mentor' and county_code = '56' order by month"
    )
    assert rows == [(date(2024, 1, 1), 5, 5, 5)] + [(date(2024, month, 1), None, 0, 3) for month in (2, 3, 4)]


def test_no_table_for_readers_is_narrower_than_a_star(built: Warehouse) -> None:
    facts = built.query("select table_name from duckdb_columns() where column_name = 'participants_upper'")
    facts = [(fact,) for (fact,) in facts if fact.startswith("fct_")]
    assert len(facts) >= 10
    for (fact,) in facts:
        assert built.query(
            "select distinct participants, participants_lower, participants_upper "  # noqa: S608
            f"from marts.{fact} where is_suppressed"
        ) in ([], [(None, 0, 3)])


def test_facts_refer_to_dimensions(built: Warehouse) -> None:
    facts = built.query(
        "select table_name from duckdb_tables() where schema_name = 'marts' and table_name like 'fct_%'"
    )
    for (fact,) in facts:
        for (key,) in built.query(
            "select column_name from duckdb_columns() where table_name = ? and column_name <> 'category_code' "
            "and (ends_with(column_name, '_code') or column_name in ('month', 'report_id'))",
            [fact],
        ):
            dimension = f"dim_{key.removesuffix('_code').removesuffix('_id')}"
            strays = f"select count(*) from marts.{fact} anti join marts.{dimension} using ({key})"  # noqa: S608
            assert built.query(strays) == [(0,)]


def test_the_report_names_its_publisher_licence_and_source(built: Warehouse) -> None:
    page = "https://www.nav.no/no/nav-og-samfunn/statistikk/arbeidssokere-og-stillinger-statistikk/tiltaksdeltakere"
    assert built.query("select publisher, licence, source_url from marts.dim_report") == [("NAV", "CC BY 4.0", page)]


def test_english_terms_are_those_of_statistics_norway(built: Warehouse) -> None:
    group = "select participant_group_name_en from marts.dim_participant_group where participant_group_code = ?"
    assert built.query(group, ["reduced_work_capacity"]) == [("Persons with a reduced capacity to work in a measure",)]
    family = "select family_name_en from reference.measure_families where family_code = ?"
    assert built.query(family, ["arbeidsrettet_rehabilitering"]) == [("Occupational rehabilitation",)]


def test_a_former_name_of_a_measure_is_known(built: Warehouse) -> None:
    known = "select distinct category_code from intermediate.int_known_labels where label = ?"
    assert built.query(known, ["Digitalt jobbsøkerkurs"]) == [("digital_oppfolging_jobbklubb",)]


def test_a_second_build_changes_nothing_and_says_so(built: Warehouse) -> None:
    before = built.readers_database.stat()
    assert "already loaded" in built.load(SAMPLE).stdout
    assert built.dbt("build").returncode == 0
    assert "nothing changed" in built.publish().stdout
    after = built.readers_database.stat()
    assert (before.st_mtime_ns, before.st_ino) == (after.st_mtime_ns, after.st_ino)


@pytest.mark.parametrize("arguments", [["run"], ["test"], ["build", "-s", "audit"]])
def test_dbt_commands_work_as_typed(built: Warehouse, arguments: list[str]) -> None:
    result = built.dbt_as_typed(*arguments)
    assert result.returncode == 0, result.stdout
    assert "WARNING" not in result.stdout


def test_a_part_of_a_run_leaves_the_views_speaking_of_all_reports(built: Warehouse) -> None:
    assert built.dbt("run", "-s", "int_observations").returncode == 0
    shown = built.dbt("--quiet", "show", "-s", "report_proofs", "--output", "json").stdout
    proofs = json.loads(shown)["show"]
    columns = "printed_cells, checks, cells_confirmed_by_a_rule"
    assert [tuple(proof[name] for name in columns.split(", ")) for proof in proofs] == built.query(
        f"select {columns} from audit.report_proofs"  # noqa: S608
    )


def test_a_model_that_breaks_its_contract_is_told(tmp_path: Path) -> None:
    warehouse = Warehouse(tmp_path)
    model = warehouse.project / "models" / "marts" / "categories" / "dim_gender.sql"
    model.write_text(model.read_text(encoding="utf-8").replace("sort_order\n", "sort_order::varchar as sort_order\n"))
    result = warehouse.dbt("run", "-s", "dim_gender", "--vars", "compare_contracts: true")
    assert result.returncode != 0
    assert "contract" in result.stdout


def test_the_rules_pass_their_unit_tests(built: Warehouse) -> None:
    result = built.dbt("test", "--selector", "rules")
    assert result.returncode == 0, result.stdout
    assert "PASS=" in result.stdout


def test_one_dimension_can_be_built_alone_on_a_new_machine(tmp_path: Path) -> None:
    warehouse = Warehouse(tmp_path)
    result = warehouse.dbt("run", "-s", "dim_county")
    assert result.returncode == 0, result.stdout
    assert warehouse.query("select count(*) from marts.dim_county") == [(35,)]


@pytest.mark.parametrize("command", ["run", "test", "build"])
def test_dbt_without_a_report_says_what_to_do(tmp_path: Path, command: str) -> None:
    result = Warehouse(tmp_path).dbt(command)
    assert result.returncode != 0
    assert "No report is loaded" in result.stdout
    assert "python -m loaders" in result.stdout


def test_docs_can_be_generated_before_any_report_is_loaded(tmp_path: Path) -> None:
    result = Warehouse(tmp_path).dbt_as_typed("docs", "generate")
    assert result.returncode == 0, result.stdout
