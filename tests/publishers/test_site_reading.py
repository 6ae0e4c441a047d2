"""What the site reads of the tables: revisions from both sides, and what tables, breaks and editions are about."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import duckdb
import pytest

from publishers.site.reading import printed_tables, read_statistics
from publishers.site.statistics import Break, Category, Measure, Series
from publishers.site.texts import Text
from tests.warehouse.warehouse import Warehouse

SAMPLE_ID = "2024-04_4909a99b90d9"
REDUCED = "Persons with a reduced capacity to work in a measure"
REVISIONS = f"""
insert into audit.revisions by name
select
    date '2024-02-01' as month, '{SAMPLE_ID}' as report_id, '2024-03_before' as previous_report_id, *,
    'revised' as revision_kind, 9 as compared_figures
from (values
    ('all', 'mentor', 'none', 'all', 1234, 1234, 1234, 1235, 1235, 1235, 20, 30),
    ('reduced_work_capacity', 'mentor', 'none', 'all', null, 0, 3, 4, 4, 4, 21, 31),
    ('all', 'mentor', 'gender', 'female', null, null, null, 5, 5, 5, null, 32),
    ('all', 'mentor', 'gender', 'male', 6, 6, 6, null, null, null, 23, null)
) as revised (
    participant_group_code, measure_code, breakdown, category_code, old_participants, old_participants_lower,
    old_participants_upper, new_participants, new_participants_lower, new_participants_upper, old_line_number,
    new_line_number
)
"""  # noqa: S608 - own text


@pytest.fixture
def tables(sample_build: Warehouse, tmp_path: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    with duckdb.connect(sample_build.copy(tmp_path).build_database) as tables:
        yield tables


def test_a_revision_is_told_with_the_figures_and_lines_of_both_editions(tables: duckdb.DuckDBPyConnection) -> None:
    tables.execute(REVISIONS)
    own, before = f"report-{SAMPLE_ID}.html#L", "report-2024-03_before.html#L"
    told = [
        ([text.en for text in each.what], each.old_text, each.old_address, each.new_text, each.new_address)
        for each in read_statistics(tables).revisions[SAMPLE_ID]
    ]
    assert sorted(told, key=lambda row: row[-1] or "") == [
        (["Mentor", "Men"], "6", f"{before}23", "–", None),
        (["Mentor"], "1\u00a0234", f"{before}20", "1\u00a0235", f"{own}30"),
        (["Mentor", REDUCED], "0–3", f"{before}21", "4", f"{own}31"),
        (["Mentor", "Women"], "–", None, "5", f"{own}32"),
    ]


def test_a_printed_table_is_about_its_measure_and_breakdown_or_its_participant_group(
    tables: duckdb.DuckDBPyConnection,
) -> None:
    [(report_id, printed)] = printed_tables(tables)
    assert report_id == SAMPLE_ID
    subjects = {table.rows[0].line_number: [text.en for text in table.subject] for table in printed}
    found = tables.execute(
        "select min(line_number), measure_name_en, breakdown_name_en from intermediate.int_observations "
        "inner join marts.dim_measure using (measure_code) inner join reference.breakdowns using (breakdown) "
        "where breakdown = 'county' group by all order by 1"
    ).fetchall()
    assert len(found) > 1
    for line, measure, breakdown in found:
        # The first row of a table is its total.
        assert subjects[line - 1] == [measure, breakdown]
    groups = [subject for subject in subjects.values() if len(subject) == 1]
    names = "select participant_group_name_en from marts.dim_participant_group order by sort_order"
    assert sorted(groups) == sorted([name] for (name,) in tables.execute(names).fetchall())


def test_the_total_of_a_table_by_county_says_nothing_of_its_participant_group(
    tables: duckdb.DuckDBPyConnection,
) -> None:
    """Where no other table prints the total, its row is a figure of its own, of all participants."""
    by_county = "from intermediate.int_observations where breakdown = 'county'"
    [(line,)] = tables.execute(f"select min(line_number) {by_county}").fetchall()
    tables.execute(
        "update intermediate.int_observations set breakdown = 'none', category_code = 'all', measure_code = 'total' "
        "where line_number = ?",
        [line],
    )
    [(_, printed)] = printed_tables(tables)
    [subject] = [table.subject for table in printed if table.rows[0].line_number == line - 1]
    assert [text.en for text in subject][1:] == ["County"]


def test_a_table_of_one_row_has_its_columns(tables: duckdb.DuckDBPyConnection) -> None:
    tables.execute("delete from raw.cells where table_number = 1 and row_number > 1")
    [(_, [first, second, *_])] = printed_tables(tables)
    assert (len(first.rows), len(second.rows)) == (1, 8)
    assert first.column_labels == second.column_labels


def test_the_newest_edition_is_the_last_of_those_that_count(tables: duckdb.DuckDBPyConnection) -> None:
    statistics = read_statistics(tables)
    [edition] = statistics.editions
    earlier = replace(edition, report_id="earlier", period_end=date(2024, 3, 1))
    replaced = replace(edition, report_id="replaced", period_end=date(2024, 5, 1), superseded_by="last")
    assert replace(statistics, editions=(earlier, edition, replaced)).newest_edition == edition


ANYTHING = Break(date(2024, 1, 1), None, None, None, None, (), Text("", ""), "")


def test_editions_stand_from_the_oldest_with_what_is_known_of_each(tables: duckdb.DuckDBPyConnection) -> None:
    """Of one whose arithmetic proves nothing, nothing is said; a star is a number below the edition's threshold."""
    tables.execute(
        "insert into main.reports "
        "select reports.* replace (id as report_id, period_end - interval (months) month as period_end) "
        "from main.reports as reports, (values ('2024-05_b', 2), ('2024-06_a', 1)) as earlier (id, months)"
    )
    editions = read_statistics(tables).editions
    assert [edition.report_id for edition in editions] == ["2024-05_b", "2024-06_a", SAMPLE_ID]
    assert [bool(edition.proof) for edition in editions] == [False, False, True]
    assert all(value is not None for edition in editions for _, value in edition.proof)
    assert (editions[0].threshold, editions[0].star) == (4, "0–3")


@pytest.mark.parametrize(
    ("breakdown", "limited", "concerned"),
    [
        ("county", ANYTHING, True),
        ("county", replace(ANYTHING, breakdown="county", category_code="56"), True),
        ("county", replace(ANYTHING, breakdown="gender"), False),
        ("county", replace(ANYTHING, breakdown="county", category_code="55"), False),
        ("county", replace(ANYTHING, measure_code="mentor"), True),
        ("county", replace(ANYTHING, measure_code="other"), False),
        ("county", replace(ANYTHING, participant_group_code="56"), False),
        ("participant_group", replace(ANYTHING, participant_group_code="56"), True),
        ("participant_group", replace(ANYTHING, participant_group_code="other"), False),
    ],
)
def test_a_break_concerns_the_series_that_it_is_limited_to(breakdown: str, limited: Break, concerned: bool) -> None:
    nobody = Text("", "")
    series = Series(Measure("mentor", nobody, "", nobody), Category("56", nobody), ())
    assert limited.concerns(breakdown, series) is concerned
