"""Metrics cannot lie: months are never added, and a star leaves an interval, asked as a user asks, by `mf query`."""

from __future__ import annotations

import csv
import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.sample import PROJECT, SAMPLE
from tests.warehouse.warehouse import Warehouse

BIN = Path(sys.executable).parent

Rows = list[dict[str, str]]


@pytest.fixture(scope="module")
def warehouse(tmp_path_factory: pytest.TempPathFactory) -> Warehouse:
    built = Warehouse(tmp_path_factory.mktemp("metrics"))
    assert built.load(SAMPLE).returncode == 0
    assert built.dbt("build").returncode == 0
    run(built, "dbt", "--quiet", "--write-json", "parse")
    return built


def run(warehouse: Warehouse, *command: str) -> None:
    # MetricFlow asks a package index for newer versions; a proxy that is not there keeps it from the network.
    environment = {
        **{name: value for name, value in os.environ.items() if not name.startswith("DBT_")},
        "TILTAK_DATABASE": str(warehouse.build_database),
        "PYTHONPATH": str(PROJECT),
        "HTTPS_PROXY": "http://127.0.0.1:9",
    }
    told = subprocess.run(
        [BIN / command[0], *command[1:]],
        cwd=warehouse.project,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )
    assert told.returncode == 0, told.stdout + told.stderr


def ask(warehouse: Warehouse, metrics: str, group_by: str = "", where: str = "") -> Rows:
    """Return what `mf query` answers."""
    answer = warehouse.folder / "answer.csv"
    options = [*(["--group-by", group_by] if group_by else []), *(["--where", where] if where else [])]
    run(warehouse, "mf", "query", "--metrics", metrics, *options, "--csv", str(answer))
    with answer.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def numbers(rows: Rows, *columns: str) -> list[tuple[float | None, ...]]:
    return [tuple(float(row[column]) if row[column] else None for column in columns) for row in rows]


def test_without_a_month_the_last_one_is_meant(warehouse: Warehouse) -> None:
    rows = ask(warehouse, "participants,participants_at_least,participants_at_most,suppressed_figures")
    assert numbers(rows, *rows[0]) == [(19_039, 19_039, 19_039, 0)]


def test_by_month_each_month_stands_for_itself(warehouse: Warehouse) -> None:
    rows = ask(warehouse, "participants", "metric_time")
    assert sorted(numbers(rows, "participants")) == [(18_793,), (19_039,), (19_060,), (19_163,)]


def test_stars_are_intervals_by_county(warehouse: Warehouse) -> None:
    rows = ask(
        warehouse,
        "participants_by_county,participants_at_least_by_county,participants_at_most_by_county,"
        "suppressed_figures_by_county",
        "county__county_name",
        "{{ Dimension('county__measure_code') }} = 'mentor'",
    )
    by_county = {row.pop("county__county_name"): row for row in rows}
    assert len(by_county) == 16
    assert numbers([by_county["Finnmark"], by_county["Vestfold"]], *by_county["Finnmark"]) == [
        (None, 0, 3, 1),
        (7, 7, 7, 0),
    ]


def test_the_mean_of_months_and_of_counties_are_intervals(warehouse: Warehouse) -> None:
    of_months = ask(
        warehouse,
        "mean_of_months_at_least_by_county,mean_of_months_at_most_by_county",
        where="{{ Dimension('county__county_name') }} = 'Nordland' and "
        "{{ Dimension('county__measure_code') }} = 'individuell_karrierestotte_ips_ung'",
    )
    assert numbers(of_months, *of_months[0]) == [(31.25, 32.75)]
    of_counties = ask(
        warehouse,
        "mean_of_counties_at_least,mean_of_counties_at_most",
        where="{{ Dimension('county__measure_code') }} = 'mentor'",
    )
    assert numbers(of_counties, *of_counties[0]) == [(19.9375, 20.3125)]


def test_a_quarter_is_a_mean_and_no_sum(warehouse: Warehouse) -> None:
    rows = ask(
        warehouse,
        "mean_of_months_at_least",
        where="{{ Dimension('figure__measure_code') }} = 'arbeid_med_stotte' and "
        "{{ TimeDimension('metric_time', 'month') }} between '2024-01-01' and '2024-03-01'",
    )
    [(mean,)] = numbers(rows, "mean_of_months_at_least")
    assert mean == pytest.approx(5_279.33, abs=0.01)


def test_growth_is_an_interval(warehouse: Warehouse) -> None:
    ends = ("growth_since_january_at_least_by_county", "growth_since_january_at_most_by_county")
    rows = ask(
        warehouse,
        ",".join(ends),
        "metric_time,county__county_name",
        "{{ Dimension('county__county_name') }} in ('Akershus', 'Troms', 'Trøndelag', 'Nordland')",
    )
    april = {row["county__county_name"]: row for row in rows if row["metric_time__month"].startswith("2024-04")}
    assert {name: numbers([row], *ends) for name, row in april.items()} == {
        "Akershus": [(18, 24)],
        "Troms": [(14, 23)],
        "Trøndelag": [(16, 22)],
        "Nordland": [(15, 24)],
    }


@pytest.mark.parametrize(
    ("share", "entity", "measure", "per_cent"),
    [
        ("womens_share", "gender", "individuell_karrierestotte_ips_ung", 56.7),
        ("immigrants_share", "immigration_category", "jobbklubb", 49.8),
        ("under_30_share", "age_group", "digital_oppfolging_jobbklubb", 34.6),
    ],
)
def test_shares_are_intervals(warehouse: Warehouse, share: str, entity: str, measure: str, per_cent: float) -> None:
    rows = ask(
        warehouse,
        f"{share}_at_least,{share}_at_most",
        where=f"{{{{ Dimension('{entity}__measure_code') }}}} = '{measure}'",
    )
    [(least, most)] = numbers(rows, *rows[0])
    assert least is not None
    assert most is not None
    assert least <= most
    assert round(least, 1) == round(most, 1) == per_cent


def test_a_share_with_stars_leaves_room(warehouse: Warehouse) -> None:
    rows = ask(
        warehouse,
        "higher_education_share_at_least,higher_education_share_at_most",
        where="{{ Dimension('education__measure_code') }} = 'individuell_karrierestotte_ips_ung'",
    )
    [(least, most)] = numbers(rows, *rows[0])
    assert least is not None
    assert most is not None
    assert least < most


def test_every_fact_by_month_has_its_metrics(warehouse: Warehouse) -> None:
    """By participant group, county, gender, age, immigration, background, education, and counties of 2024."""
    suffixes = [
        table.removeprefix("participants")
        for (table,) in warehouse.query(
            "select table_name from duckdb_tables() where schema_name = 'main' and table_name like 'participants%'"
        )
    ]
    assert len(suffixes) == 9
    for suffix in suffixes:
        rows = ask(warehouse, f"participants_at_least{suffix},participants_at_most{suffix}")
        [(least, most)] = numbers(rows, *rows[0])
        assert least is not None
        assert most is not None
        assert least <= 19_039 <= most, suffix
