"""Reports are added to a published file with all that they change there, and nothing else is written."""

from __future__ import annotations

from pathlib import Path

import duckdb

from publishers.tables import ReadersTable
from publishers.writing import add_reports, new_readers_file
from tests.database_files import query

TABLES = [
    ReadersTable(
        "main", "newest", "month", "create table main.newest (month date, figure varchar, is_latest_month boolean)", ()
    ),
    ReadersTable("main", "vintages", "report_id", "create table main.vintages (report_id varchar, month date)", ()),
    ReadersTable("raw", "reports", None, "create table raw.reports (report_id varchar, period_start date)", ()),
]
BEFORE = """
create schema raw;
create table raw.reports as from (values ('old', date '2021-01-01'), ('newest', date '2019-01-01'))
    as reports (report_id, period_start);
create table main.vintages as from (values
    ('old', date '2021-01-01'), ('old', date '2021-02-01'), ('newest', date '2019-12-01')
) as vintages (report_id, month);
create table main.newest as from (values
    (date '2021-01-01', 'old', false), (date '2021-02-01', 'old', false), (date '2019-11-01', 'newest', false),
    (date '2019-12-01', 'newest', true), (date '2017-01-01', 'oldest', false)
) as newest (month, figure, is_latest_month);
"""
AFTER = """
insert into raw.reports values ('winter', date '2020-11-01');
insert into main.vintages values ('winter', date '2020-12-01'), ('winter', date '2021-01-01');
delete from main.newest where month in (date '2019-12-01', date '2021-01-01');
insert into main.newest values
    (date '2020-12-01', 'winter', true), (date '2021-01-01', 'winter', false), (date '2019-12-01', 'newest', false);
update main.newest set figure = 'unlike' where figure = 'oldest';
"""
"""A report over New Year: it revises a month of the second year, and a month of before is not the newest any more."""


def test_a_report_over_new_year_changes_months_of_both_years_and_the_newest_of_before(tmp_path: Path) -> None:
    """Months that it cannot have changed are not looked at: here the build has another figure in one of them."""
    build, readers = tmp_path / "build.duckdb", tmp_path / "tiltak.duckdb"
    with new_readers_file(readers) as made:
        made.execute(BEFORE)
    with duckdb.connect(build) as made:
        made.execute(BEFORE + AFTER)
    add_reports(build, readers, TABLES, ["winter"])
    for table in ("raw.reports", "main.vintages", "main.newest"):
        rows = f"from {table} order by all"
        expected = [tuple("oldest" if each == "unlike" else each for each in row) for row in query(build, rows)]
        assert query(readers, rows) == expected, table
