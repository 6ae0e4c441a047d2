"""Code lists of the readers' tables, and what the formats of official statistics call the status of a figure."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

import duckdb

from publishers.files.tables import Table
from publishers.tables import literal, quoted
from warehouse.errors import DatabaseError, Problem

_CODE = re.compile(r"[A-Za-z0-9_$][A-Za-z0-9_@$-]*")
"""What SDMX takes for a code, without those that a spreadsheet would run as a formula."""


@dataclass(frozen=True, slots=True)
class Code:
    """A code with its names; the code itself where it has none."""

    code: str
    name: str
    name_en: str


@dataclass(frozen=True, slots=True)
class Status:
    """What formats call a status of the readers' tables."""

    obs_status: str
    """Code of SDMX's list CL_OBS_STATUS."""
    conf_status: str
    """Code of SDMX's list CL_CONF_STATUS."""
    sign: str | None
    """Sign of JSON-stat and PxWeb; None for a figure."""


BREAK = "B"
"""Code of SDMX's list CL_OBS_STATUS for the first figure after a break in the series."""
OBS_STATUSES = (
    Code("A", "Normal verdi", "Normal value"),
    Code(BREAK, "Brudd i tidsserien", "Time series break"),
    Code("O", "Manglende verdi", "Missing value"),
    Code("Q", "Manglende verdi; undertrykt", "Missing value; suppressed"),
)
CONF_STATUSES = (
    Code("A", "Primær konfidensialitet på grunn av små tall", "Primary confidentiality due to small counts"),
    Code("F", "Fri (kan publiseres)", "Free (free for publication)"),
)
_PLAIN = Status("A", "F", None)
_STATUSES = {
    "printed": _PLAIN,
    "corrected": _PLAIN,
    "restored": _PLAIN,
    "suppressed": Status("Q", "A", ":"),
    "illegible": Status("O", "F", ".."),
}


def require_known_statuses(build: duckdb.DuckDBPyConnection, table: Table) -> None:
    """Raise DatabaseError for a status that the formats have nothing for, duckdb.Error where it cannot be read."""
    found = build.execute(f"select distinct status from {table.quoted_name} order by all").fetchall()  # noqa: S608 - own names
    for (status,) in found:
        if status not in _STATUSES:
            problem = Problem(
                f"the status {status}", f"one of {', '.join(_STATUSES)}", "name it in publishers/files/codes.py"
            )
            raise DatabaseError(f"main.{table.name}", problem)


def status_sql(table: Table, field: str) -> str:
    """Return the SQL for a field of the `Status` of a row of `table as rows`."""
    cases = " ".join(
        f"when {literal(name)} then {'null' if value is None else literal(value)}"
        for name, status in _STATUSES.items()
        for value in [getattr(status, field)]
    )
    status = f"case rows.status {cases} end"
    if field == "obs_status" and "comparable_series" in table.column_names:
        is_first = "rows.comparable_series = strftime(rows.month, '%Y-%m')"
        return (
            f"case when {is_first} and {status} = {literal(_PLAIN.obs_status)} then {literal(BREAK)} else {status} end"
        )
    return status


def codes_of(build: duckdb.DuckDBPyConnection, table: Table, column: str) -> list[Code]:
    """Return the codes in a column of a table's key, in the order of the report.

    Raises DatabaseError for a code that SDMX does not take, duckdb.Error where the table cannot be read.
    """
    thing = column.removesuffix("_code")
    names = [
        f"string_agg(distinct {quoted(name)}, ' / ' order by {quoted(name)})" if name in table.column_names else "null"
        for name in (f"{thing}_name", f"{thing}_name_en")
    ]
    order = ", ".join([f"min({quoted(name)})" for name in table.sorting(column)] + [quoted(column)])
    found = build.execute(
        f"select {quoted(column)}, {', '.join(names)} from {table.quoted_name} "  # noqa: S608 - own names
        f"group by {quoted(column)} order by {order}"
    ).fetchall()
    for code, *_ in found:
        if not _CODE.fullmatch(code):
            expected = "letters, digits, _, - and $, no - first"
            raise DatabaseError(f"main.{table.name}.{column}", Problem(f"the code {code}", expected, "rename it"))
    return [Code(code, name or code, name_en or name or code) for code, name, name_en in found]


def merged(lists: Iterable[list[Code]]) -> list[Code]:
    """Return the codes of several lists, each once, in the order in which they come."""
    codes: dict[str, Code] = {}
    for code in (code for each in lists for code in each):
        codes.setdefault(code.code, code)
    return list(codes.values())
