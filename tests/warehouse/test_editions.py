"""Editions of other years, lengths and layouts, made with known figures, come out with exactly those figures."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.editions import (
    ERA_2020,
    NARROW_NO_BREAK_SPACE,
    NO_BREAK_SPACE,
    THIN_SPACE,
    Edition,
    Layout,
    make_figures,
)
from tests.editions.layout import SAMPLE_LAYOUT
from tests.warehouse.table_contents import OBSERVATION, observations_of, rows_of
from tests.warehouse.warehouse import Warehouse


def generated(year: int, months: int, layout: Layout = SAMPLE_LAYOUT) -> Edition:
    """Return a generated edition of the first `months` of a year."""
    return Edition(make_figures(months, year), months, layout)


EDITIONS = {
    "one_month.txt": generated(2025, 1),
    "seven_months_noisy.txt": generated(2026, 7, Layout(label_noise=0.3, noise_seed=7, cut_seed=7)),
    "twelve_months.txt": generated(2024, 12, Layout(lines_per_page=9, thousands_separator=NO_BREAK_SPACE)),
    "eleven_counties.txt": generated(2022, 7, Layout(cut_seed=3, thousands_separator=THIN_SPACE, line_ending="\r\n")),
    "eighteen_counties.txt": generated(2019, 12, Layout(cut_seed=4, table_order_seed=4, byte_order_mark=True)),
    "nineteen_counties_noisy.txt": generated(2016, 3, Layout(label_noise=0.6, noise_seed=5, cut_seed=5)),
    "other_threshold.txt": generated(
        2023, 5, Layout(threshold=6, paragraph="2-6", thousands_separator=NARROW_NO_BREAK_SPACE)
    ),
}
"""Generated editions by the names of their files."""


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Warehouse:
    warehouse = Warehouse(tmp_path_factory.mktemp("editions"))
    warehouse.receive({file_name: edition.text for file_name, edition in EDITIONS.items()})
    warehouse.build()
    return warehouse


@pytest.mark.parametrize("file_name", EDITIONS)
def test_every_figure_equals_its_known_truth(built: Warehouse, file_name: str) -> None:
    assert observations_of(built, file_name) == rows_of(EDITIONS[file_name].truth, OBSERVATION)


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
    copy.write_bytes(EDITIONS["one_month.txt"].text.encode())
    assert "already loaded" in built.load(copy).stdout
