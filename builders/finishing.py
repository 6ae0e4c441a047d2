"""What is a property of all reports, told by the driver: which month is a family's newest, and the order of editions.

No part is built again for it. A part's rows say of no month that it is the newest; the driver rewrites those of the
few parts that have a family's newest month. Tables with a row per report or month, which are small, it puts together.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

import duckdb

from builders.parts import PartRecord, PartTable
from publishers.tables import literal
from warehouse.errors import Problem, refused

_ORDER = "row_number() over (order by edition_month, family_code, issue_number, report_id)::integer"
_IS_LATEST_EDITION = (
    "edition_month = (select latest.month from latest_months as latest where latest.family_code = rows.family_code)"
    " and superseded_by_report_id is null"
)
_OVERALL: Mapping[str, str] = {
    "build.built_reports": "*",
    "main.reports": f"* replace ({_ORDER} as sort_order, {_IS_LATEST_EDITION} as is_latest_month)",
    "marts.dim_month": "*",
    "raw.reports": "*",
    "marts.dim_report": f"* replace ({_ORDER} as sort_order)",
}
"""Tables without a key of report or month that read reports → how their rows follow from those of all parts."""


def is_overall(table: PartTable) -> bool:
    """Return whether a table is put together from all parts. Raises RefusedError where nothing here says how."""
    if table.key is not None or not table.reads_reports:
        return False
    if table.full_name not in _OVERALL:
        problem = Problem(
            "a published table that reads reports and has no `unique_key` of report_id or month",
            "one whose rows are of one report or month, or a row that says how its rows follow from those of parts",
            "give the model a unique_key, or add it to builders/finishing.py",
        )
        raise refused(table.full_name, problem)
    return True


def set_latest_months(driver: duckdb.DuckDBPyConnection, parts: Iterable[PartRecord], families: Path) -> None:
    """Keep, for the queries of this module, the newest month of each family over all parts.

    `families` is the Parquet file of `reference.measure_families`.
    """
    latest: dict[str, str] = {}
    for part in parts:
        for family, month in part.latest_months.items():
            latest[family] = max(month, latest.get(family, month))
    driver.execute("create or replace temp table latest_months (family_code varchar primary key, month date)")
    if latest:
        driver.executemany("insert into latest_months values (?, ?)", list(latest.items()))
    driver.execute(
        "create or replace temp table families_of_main_groups as "  # noqa: S608 - own names
        f"select family_code from read_parquet({literal(str(families))}) where holds_main_groups"
    )


def has_latest_month(driver: duckdb.DuckDBPyConnection, part: PartRecord) -> bool:
    """Return whether a month of the part is the newest of a family."""
    found = driver.execute("select 1 from latest_months where month in (select unnest(?::date[]))", [list(part.months)])
    return found.fetchone() is not None


def says_what_is_latest(table: PartTable) -> bool:
    """Return whether the rows of a table say of their month whether it is the newest of the family."""
    return table.key == "month" and ("is_latest_month", "BOOLEAN") in table.columns


def with_latest_months(table: PartTable, file: Path) -> str:
    """Return a query for the rows of a part's table, with `is_latest_month` as it is over all parts."""
    if "family_code" in dict(table.columns):
        family = "rows.family_code"
    else:
        family = "(select family_code from families_of_main_groups)"
    newest = "(select (family_code, month) from latest_months)"
    return (
        f"select * replace ((({family}, rows.month) in {newest}) as is_latest_month) "  # noqa: S608 - own names
        f"from read_parquet({literal(str(file))}) as rows"
    )


def overall_rows(table: PartTable, files: Sequence[Path]) -> str:
    """Return a query for the rows of a table that is put together from the files of all parts."""
    places = ", ".join(literal(str(file)) for file in files)
    return f"select {_OVERALL[table.full_name]} from read_parquet([{places}]) as rows"  # noqa: S608 - own names
