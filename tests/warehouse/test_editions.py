"""Editions of other years, lengths and layouts, made with known figures, come out with exactly those figures."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

import pandas as pd
import pytest

from tests.editions import (
    ERA_2020,
    NARROW_NO_BREAK_SPACE,
    NO_BREAK_SPACE,
    THIN_SPACE,
    Layout,
    make_figures,
    render,
    truth,
)
from tests.warehouse.table_contents import OBSERVATION, observations_of, rows_of
from tests.warehouse.warehouse import Warehouse


@dataclass(frozen=True)
class Case:
    """One generated edition: its year, months and layout."""

    name: str
    year: int
    months: int
    layout: Layout = field(default_factory=Layout)

    @property
    def text(self) -> str:
        return render(make_figures(self.months, self.year), self.months, self.layout)

    @property
    def truth(self) -> pd.DataFrame:
        return truth(make_figures(self.months, self.year), self.months, self.layout.threshold)


CASES = [
    Case("one_month", 2025, 1),
    Case("seven_months_noisy", 2026, 7, Layout(label_noise=0.3, noise_seed=7, cut_seed=7)),
    Case("twelve_months", 2024, 12, Layout(lines_per_page=9, thousands_separator=NO_BREAK_SPACE)),
    Case("eleven_counties", 2022, 7, Layout(cut_seed=3, thousands_separator=THIN_SPACE, line_ending="\r\n")),
    Case("eighteen_counties", 2019, 12, Layout(cut_seed=4, table_order_seed=4, byte_order_mark=True)),
    Case("nineteen_counties_noisy", 2016, 3, Layout(label_noise=0.6, noise_seed=5, cut_seed=5)),
    Case(
        "other_threshold",
        2023,
        5,
        Layout(threshold=6, paragraph="2-6", thousands_separator=NARROW_NO_BREAK_SPACE),
    ),
]


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Warehouse:
    folder = tmp_path_factory.mktemp("editions")
    inbox = folder / "reports"
    inbox.mkdir()
    for case in CASES:
        (inbox / f"{case.name}.txt").write_bytes(case.text.encode())
    warehouse = Warehouse(folder)
    loaded = warehouse.load(inbox)
    assert loaded.returncode == 0, loaded.stderr
    build = warehouse.dbt("build")
    assert build.returncode == 0, build.stdout
    return warehouse


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_every_figure_equals_its_known_truth(built: Warehouse, case: Case) -> None:
    assert observations_of(built, f"{case.name}.txt") == rows_of(case.truth, OBSERVATION)


def test_the_county_sets_are_those_of_the_eras(built: Warehouse) -> None:
    counts = built.query(
        "select file_name, count(distinct category_code) from intermediate.int_observations join raw.reports "
        "using (report_id) where breakdown = 'county' group by 1 order by 1"
    )
    assert dict(counts)["eleven_counties.txt"] == len(ERA_2020.counties) == 12
    assert dict(counts)["eighteen_counties.txt"] == 19
    assert dict(counts)["nineteen_counties_noisy.txt"] == 20


def test_loose_matches_are_recorded_and_confirmed(built: Warehouse) -> None:
    assert built.query(
        "select count(*) > 0 from intermediate.int_printed_labels where match_method = 'edit_distance'"
    ) == [(True,)]
    assert built.query(
        "select count(*) from audit.reconciliation_checks where rule_code = 'labels_are_known' "
        "and verdict not in ('proven', 'possible')"
    ) == [(0,)]


def test_facts_hold_the_newest_edition_of_each_month(built: Warehouse) -> None:
    assert built.query(
        "select count(distinct report_id), count(distinct month) from marts.fct_participants where year(month) = 2024"
    ) == [(1, 12)]


def test_the_same_content_under_another_name_changes_nothing(built: Warehouse, tmp_path: Path) -> None:
    copy = tmp_path / "another name.txt"
    copy.write_bytes(CASES[0].text.encode())
    assert "already loaded" in built.load(copy).stdout
