"""Editions of all four county structures make one series where that is true, and say why not where it is not."""

from __future__ import annotations

import csv
from datetime import date
from pathlib import Path

import pandas as pd
import pytest

from tests.editions import make_figures, render, truth
from tests.sample import PROJECT
from tests.warehouse.warehouse import Warehouse

EDITIONS = {2016: 2, 2018: 12, 2019: 2, 2021: 2, 2024: 2, 2025: 5}
"""Last month of the edition of each year: 19, 18, 18, 11, 15 and 15 counties, and months on both sides of breaks."""

FACTS = (
    "fct_participants", "fct_participants_by_participant_group", "fct_participants_by_county",
    "fct_participants_by_gender", "fct_participants_by_age_group", "fct_participants_by_immigration_category",
    "fct_participants_by_country_background", "fct_participants_by_education",
)  # fmt: skip


def printed_as(county_code: str, year: int) -> list[str]:
    """Return the counties that were printed for exactly this county of 2024; none where there were none."""
    if year < 2020:
        return {"40": ["08"], "42": ["09", "10"], "56": ["20"]}.get(
            county_code, [county_code] if county_code in ("03", "11", "99") else []
        )
    brought_back = ("31", "32", "33", "39", "40", "55", "56")
    return [] if year < 2024 and county_code in brought_back else [county_code]


def drop_line(path: Path, words: str) -> None:
    """Take the one line with these words out of a file."""
    lines = path.read_text(encoding="utf-8").splitlines(keepends=True)
    kept = [line for line in lines if words not in line]
    assert len(kept) == len(lines) - 1
    path.write_text("".join(kept), encoding="utf-8")


def printed_figures() -> dict[tuple[str, str, date], tuple[int | None, int, int]]:
    """Return the true monthly figures by measure, printed county and month: people (None for a star) and bounds."""
    figures = pd.concat([truth(make_figures(3, year), months) for year, months in EDITIONS.items()])
    figures = figures[(figures["breakdown"] == "county") & (figures["period_kind"] == "month")]
    columns = ["measure_code", "category_code", "month", "value_lower", "value_upper"]
    return {
        (measure, county, month): (lower if lower == upper else None, lower, upper)
        for measure, county, month, lower, upper in figures[columns].to_numpy().tolist()
    }


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Warehouse:
    warehouse = Warehouse(tmp_path_factory.mktemp("counties"))
    warehouse.receive({f"{year}.txt": render(make_figures(3, year), months) for year, months in EDITIONS.items()})
    warehouse.build()
    return warehouse


def test_every_figure_on_the_counties_of_2024_is_the_sum_of_exactly_its_parts(built: Warehouse) -> None:
    printed = printed_figures()
    counties = {county for _, county, month in printed if month.year == 2024}
    expected: dict[tuple[str, str, date], tuple[int | None, int | None, int | None, bool]] = {}
    for measure, month in {(measure, month) for measure, _, month in printed}:
        for county in counties:
            parts = [printed[measure, part, month] for part in printed_as(county, month.year)]
            stars = any(people is None for people, _, _ in parts)
            lower, upper = sum(part[1] for part in parts), sum(part[2] for part in parts)
            expected[measure, county, month] = (
                (None if stars else lower, lower, upper, stars) if parts else (None, None, None, False)
            )
    rows = built.query(
        "select measure_code, county_code, month, participants, participants_lower, participants_upper, "
        "is_suppressed from marts.fct_participants_by_county_2024"
    )
    assert {row[:3]: row[3:] for row in rows} == expected
    assert len(rows) == len(expected)
    assert any(stars and lower for _, lower, _, stars in expected.values())


def test_what_is_not_joined_says_why(built: Warehouse) -> None:
    reasons = dict(
        built.query(
            "select (county_code, year(month)), any_value(why_not) from marts.fct_participants_by_county_2024 "
            "group by 1 having count(distinct why_not) = 1 and count(why_not) = count(*)"
        )
    )
    years = {year for year in EDITIONS if year < 2024}
    unjoined = {
        (county, year)
        for county in ("15", "18", "31", "32", "33", "34", "39", "40", "46", "50", "55", "56")
        for year in years
        if not printed_as(county, year)
    }
    assert set(reasons) == unjoined
    assert reasons["31", 2021] == "31 Østfold was a part of 30 Viken, printed as one"
    moved = "municipalities moved, see county_relations"
    assert reasons["31", 2018] == f"31 Østfold of 2024 is only about 01 Østfold: {moved}"
    assert reasons["46", 2016] == f"46 Vestland of 2024 is only about 12 Hordaland + 14 Sogn og Fjordane: {moved}"
    assert reasons["50", 2016] == f"50 Trøndelag of 2024 is only about 16 Sør-Trøndelag + 17 Nord-Trøndelag: {moved}"
    assert reasons["15", 2018] == f"15 Møre og Romsdal of 2024 is only about 15 Møre og Romsdal: {moved}"
    assert reasons["40", 2021] == "40 Telemark was a part of 38 Vestfold og Telemark, printed as one"


@pytest.mark.parametrize(
    ("county", "month", "relation", "printed"),
    [
        ("50", date(2016, 1, 1), "approximate", "16 Sør-Trøndelag + 17 Nord-Trøndelag"),
        ("50", date(2018, 1, 1), "approximate", "50 Trøndelag"),
        ("50", date(2021, 1, 1), "same", "50 Trøndelag"),
        ("42", date(2019, 2, 1), "merged", "09 Aust-Agder + 10 Vest-Agder"),
        ("40", date(2019, 2, 1), "renamed", "08 Telemark"),
        ("03", date(2016, 1, 1), "same", "03 Oslo"),
        ("54", date(2021, 1, 1), None, None),
    ],
)
def test_each_figure_names_the_counties_that_it_is_made_of(
    built: Warehouse, county: str, month: date, relation: str | None, printed: str | None
) -> None:
    rows = built.query(
        "select distinct relation, printed_counties from marts.fct_participants_by_county_2024 "
        "where county_code = ? and month = ?",
        [county, month],
    )
    assert rows == ([] if relation is None else [(relation, printed)])


def test_a_chart_cut_at_breaks_is_one_group_by(built: Warehouse) -> None:
    """Each line of the chart is a stretch of months; a county whose border no reform moved is one line."""
    series = built.query(
        "select county_code, comparable_series, strftime(min(month), '%Y-%m'), strftime(max(month), '%Y-%m') "
        "from marts.fct_participants_by_county where measure_code = 'mentor' "
        "and county_code in ('01', '03', '15', '16', '18', '30', '31', '34', '40', '50') group by all order by all"
    )
    assert series == [
        ("01", "first", "2016-01", "2019-02"),
        ("03", "first", "2016-01", "2025-05"),
        ("15", "2019-01", "2019-01", "2019-02"),
        ("15", "2020-01", "2021-01", "2025-05"),
        ("15", "first", "2016-01", "2018-12"),
        ("16", "first", "2016-01", "2016-02"),
        ("18", "2020-01", "2021-01", "2025-05"),
        ("18", "first", "2016-01", "2019-02"),
        ("30", "2020-01", "2021-01", "2021-02"),
        ("31", "2024-01", "2024-01", "2025-05"),
        ("34", "2020-01", "2021-01", "2025-05"),
        ("40", "first", "2024-01", "2025-05"),
        ("50", "2019-01", "2019-01", "2019-02"),
        ("50", "2020-01", "2021-01", "2025-05"),
        ("50", "first", "2018-01", "2018-12"),
    ]


def test_a_county_of_2024_is_cut_where_its_parts_are(built: Warehouse) -> None:
    assert built.query(
        "select county_code, comparable_series, strftime(min(month), '%Y-%m') "
        "from marts.fct_participants_by_county_2024 where why_not is null and county_code in ('34', '40', '42') "
        "group by all order by all"
    ) == [
        ("34", "2020-01", "2021-01"),
        ("40", "first", "2016-01"),
        ("42", "first", "2016-01"),
    ]


def test_breaks_of_registers_concern_groups_and_not_their_sum(built: Warehouse) -> None:
    """The method of 2018 concerns job seekers only; the register of 2025 moves people from them to others."""
    assert built.query(
        "select participant_group_code, strftime(month, '%Y-%m'), comparable_series "
        "from marts.fct_participants_by_participant_group "
        "where month in ('2018-10-01', '2018-11-01', '2025-03-01', '2025-04-01') group by all order by all"
    ) == [
        ("job_seekers", "2018-10", "first"),
        ("job_seekers", "2018-11", "2018-11"),
        ("job_seekers", "2025-03", "2018-11"),
        ("job_seekers", "2025-04", "2025-04"),
        ("others", "2018-10", "first"),
        ("others", "2018-11", "first"),
        ("others", "2025-03", "first"),
        ("others", "2025-04", "2025-04"),
        ("reduced_work_capacity", "2018-10", "first"),
        ("reduced_work_capacity", "2018-11", "first"),
        ("reduced_work_capacity", "2025-03", "first"),
        ("reduced_work_capacity", "2025-04", "first"),
    ]
    for fact in FACTS:
        if not fact.endswith(("_group", "_county")) or fact.endswith("_age_group"):
            found = built.query(f"select distinct comparable_series from marts.{fact} order by 1")  # noqa: S608
            assert found == [("first",)], fact


def test_every_relation_that_is_not_exact_names_the_municipalities_behind_it(built: Warehouse) -> None:
    reasons = built.query(
        "select year(valid_date), to_county_code, relation, reason, "
        "string_agg(from_county_code, ' ' order by from_county_code) "
        "from marts.county_relations where not is_exact group by all order by all"
    )
    assert reasons == [
        (2019, "15", "approximate", "lost Rindal", "15"),
        (2019, "50", "approximate", "gained Rindal", "50"),
        (2020, "15", "approximate", "gained Hornindal; lost Halsa", "15"),
        (2020, "18", "approximate", "lost Tjeldsund", "18"),
        (2020, "30", "approximate", "gained Jevnaker, Lunner, Svelvik", "01 02 06"),
        (2020, "34", "approximate", "lost Jevnaker, Lunner", "04 05"),
        (2020, "38", "approximate", "lost Svelvik", "07 08"),
        (2020, "46", "approximate", "lost Hornindal", "12 14"),
        (2020, "50", "approximate", "gained Halsa", "50"),
        (2020, "50", "approximate", "gained Halsa, Rindal", "16 17"),
        (2020, "54", "approximate", "gained Tjeldsund", "19 20"),
        (2024, "31", "approximate", "lost Rømskog", "01"),
        (2024, "31", "part_of", "split into Østfold, Akershus, Buskerud", "30"),
        (2024, "32", "approximate", "gained Hurum, Jevnaker, Lunner, Rømskog, Røyken", "02"),
        (2024, "32", "part_of", "split into Østfold, Akershus, Buskerud", "30"),
        (2024, "33", "approximate", "gained Svelvik; lost Hurum, Røyken", "06"),
        (2024, "33", "part_of", "split into Østfold, Akershus, Buskerud", "30"),
        (2024, "39", "approximate", "lost Svelvik", "07"),
        (2024, "39", "part_of", "split into Vestfold, Telemark", "38"),
        (2024, "40", "part_of", "split into Vestfold, Telemark", "38"),
        (2024, "55", "approximate", "gained Tjeldsund", "19"),
        (2024, "55", "part_of", "split into Troms, Finnmark", "54"),
        (2024, "56", "part_of", "split into Troms, Finnmark", "54"),
    ]
    assert built.query("select count(*) from marts.county_relations where is_exact and reason is not null") == [(0,)]


def test_counties_have_the_names_and_codes_that_public_lists_have(built: Warehouse) -> None:
    codes = dict(built.query("select county_code, iso_3166_2_code from marts.dim_county"))
    listed = {"03", "11", "15", "18", "30", "34", "38", "42", "46", "50", "54"}
    assert codes == {county: f"NO-{county}" if county in listed else None for county in codes}
    assert built.query(
        "select county_code, name_northern_sami, name_lule_sami, name_south_sami, name_kven from marts.dim_county "
        "where coalesce(name_northern_sami, name_lule_sami, name_south_sami, name_kven) is not null order by 1"
    ) == [
        ("03", None, None, "Oslove", None),
        ("18", None, "Nordlánnda", None, None),
        ("19", "Romsa", None, None, None),
        ("20", "Finnmárku", None, None, None),
        ("50", None, None, "Trööndelage", None),
        ("54", "Romsa ja Finnmárku", None, None, "Tromssa ja Finmarkku"),
        ("55", "Romsa", None, None, "Tromssa"),
        ("56", "Finnmárku", None, None, "Finmarkku"),
    ]


def test_relations_breaks_and_moves_that_contradict_each_other_fail_and_say_so(built: Warehouse) -> None:
    seeds = built.project / "seeds"
    changed = ("county_changes.csv", "series_breaks.csv", "municipality_moves.csv")
    drop_line(seeds / "county_changes.csv", "17,50,2018")
    drop_line(seeds / "series_breaks.csv", "county,34,")
    drop_line(seeds / "municipality_moves.csv", "Tjeldsund")
    with (seeds / "county_changes.csv").open("a", encoding="utf-8") as changes:
        changes.write("30,34,2020-01-01,approximate\n")
    with (seeds / "series_breaks.csv").open("a", encoding="utf-8") as breaks:
        breaks.write("2020-01-01,county,42,,,Agder,\n2020-01-01,,,,nobody,Nobody,\n")
    with (seeds / "municipality_moves.csv").open("a", encoding="utf-8") as moves:
        moves.write("2020-01-01,1101,Eigersund,0301,Oslo,11,03,03,,\n2024-01-01,3001,Halden,3101,Halden,31,31,30,,\n")
    result = built.dbt(
        "--quiet", "build", "-s", "county_changes", "series_breaks", "municipality_moves", "county_relations",
        "reforms_say_what_became_of_every_county", "seeds_name_known_categories",
        "relations_follow_from_moved_municipalities", "--indirect-selection", "empty",
    )  # fmt: skip
    for source in changed:
        (seeds / source).write_bytes((PROJECT / "seeds" / source).read_bytes())
    assert result.returncode != 0
    for explanation in (
        "seeds/county_changes.csv does not say what became of county 17 on 2018-01-01",
        "seeds/series_breaks.csv does not cut county 34 on 2020-01-01",
        "seeds/series_breaks.csv cuts, though its relation is exact, county 42 on 2020-01-01",
        "seeds/county_changes.csv relates county 30 to 34 on 2020-01-01, when seeds/counties.csv does not have them so",
        "seeds/series_breaks.csv names participant_group nobody, which no code list has",
        "county 18 and 18 of 2020-01-01 as approximate, when seeds/municipality_moves.csv has no municipality that",
        "county 11 and 11 of 2020-01-01 as same, when the newer one lost Eigersund by seeds/municipality_moves.csv",
        "seeds/municipality_moves.csv has 3001 of county 31 go to 3101 of 31 on 2024-01-01, then in 30 in 2024",
    ):
        assert explanation in result.stdout, explanation


def test_every_break_and_every_move_has_a_source() -> None:
    for seed, columns in (("series_breaks", ("reason", "source")), ("municipality_moves", ("note", "source"))):
        with (PROJECT / "seeds" / f"{seed}.csv").open(encoding="utf-8", newline="") as file:
            rows = list(csv.DictReader(file))
        assert rows
        assert all(row[column] for row in rows for column in columns)
