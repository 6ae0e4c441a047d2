"""Measures come and go: editions of all times stand in one warehouse, and what is left out must be zero."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from tests.editions import FOLLOW_UP, Edition, Family, Layout, Measure, history
from tests.warehouse.table_contents import OBSERVATION, observations_of, rows_of
from tests.warehouse.warehouse import UNRELATED, Warehouse

IN_NAV = Measure("utvidet_oppfolging_i_nav", "Utvidet oppfølging i NAV", 5000)
IN_TRAINING = Measure("utvidet_oppfolging_i_opplaering", "Utvidet oppfølging i opplæring", 400)
OTHERS = FOLLOW_UP.measures[1:]
BEFORE = Family("oppfolging", (*OTHERS, IN_NAV, IN_TRAINING))
BOTH_NAMES = Family("oppfolging", (*FOLLOW_UP.measures, IN_NAV))
EIGHT = Family("oppfolging", (*FOLLOW_UP.measures, IN_TRAINING))


def edition(year: int, month: int, family: Family) -> Edition:
    """Return one generated edition of a family, whose "Ukjent" rows are all printed."""
    [made] = history(year, month, 1, family=family, layout=Layout(leave_out_zero_unknown=False))
    return made


EDITIONS = [edition(2023, 10, BEFORE), edition(2023, 12, BOTH_NAMES), edition(2025, 6, EIGHT)]


@pytest.fixture(scope="module")
def built(sample_build: Warehouse, tmp_path_factory: pytest.TempPathFactory) -> Warehouse:
    warehouse = sample_build.copy(tmp_path_factory.mktemp("measures"))
    warehouse.receive({each.file_name: each.text for each in EDITIONS})
    # Figures of October and December are drawn apart from each other, not revised.
    build = warehouse.dbt("build", *UNRELATED)
    assert build.returncode == 0, build.stdout
    return warehouse


@pytest.mark.parametrize("printed", EDITIONS, ids=lambda printed: printed.file_name)
def test_editions_of_all_times_stand_in_one_warehouse(built: Warehouse, printed: Edition) -> None:
    assert observations_of(built, printed.file_name) == rows_of(printed.truth, OBSERVATION)


def test_a_measure_that_an_edition_leaves_out_has_no_row(built: Warehouse) -> None:
    rows = "select count(*) from marts.fct_participants where year(month) = 2025"
    assert built.query(f"{rows} and measure_code = '{IN_NAV.code}'") == [(0,)]
    assert built.query(f"{rows} and measure_code = '{IN_TRAINING.code}'") == [(6,)]


def test_a_renamed_measure_leads_to_its_name_of_today(built: Warehouse) -> None:
    assert built.query(
        "select measure_code, valid_from, valid_to from marts.dim_measure "
        "where current_measure_code = 'arbeid_med_stotte' order by measure_code"
    ) == [("arbeid_med_stotte", date(2023, 12, 1), None), ("utvidet_oppfolging_i_nav", None, date(2023, 11, 30))]
    assert built.query(
        "select from_measure_code, to_measure_code, valid_date, relation, is_exact from marts.measure_relations"
    ) == [("utvidet_oppfolging_i_nav", "arbeid_med_stotte", date(2023, 12, 1), "renamed", True)]


def test_a_row_that_is_left_out_and_not_zero_is_missing(tmp_path: Path) -> None:
    """The rows of a measure and its tables may be left out, but not where the total counts its people."""
    label = IN_TRAINING.label.lower()
    blocks = [block for block in EDITIONS[2].text.split("\n\n") if f"I alt {label}\t" not in block]
    lines = [line for block in blocks for line in [*block.split("\n"), ""] if not line.lower().startswith(f"{label}\t")]
    warehouse = Warehouse(tmp_path)
    warehouse.receive({"2025-06_cut.txt": "\n".join(lines)})
    assert warehouse.dbt("build").returncode == 1
    explanations = warehouse.query(
        "select explanation from audit.reconciliation_checks "
        "where rule_code = 'rows_are_complete' and verdict = 'missing'"
    )
    assert len(explanations) == 4
    for (explanation,) in explanations:
        assert f"no row for {IN_TRAINING.code}, without which the sum is too small in every month" in explanation
