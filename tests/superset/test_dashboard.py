"""What the dashboard shows is what the readers' tables say, and a star is never zero or gone."""

from __future__ import annotations

import re
from collections.abc import Mapping
from copy import deepcopy
from pathlib import Path
from typing import Any

import duckdb
import pytest

from tests.superset.conftest import Seen
from tests.superset.expectations import AS_TEXT, IN_ORDER
from tests.superset.serving import Server

COUNTIES = "Participants by county and measure"


def asked(database: Path, sql: str) -> list[dict[str, Any]]:
    """Return the rows that the published file gives, by column."""
    with duckdb.connect(database, read_only=True) as readers:
        result = readers.sql(sql)
        return [dict(zip(result.columns, row, strict=True)) for row in result.fetchall()]


def shown(row: Mapping[str, Any]) -> dict[str, Any]:
    """Return a row of a chart without what it is ordered by, which nobody sees."""
    return {name: value for name, value in row.items() if not name.endswith("_order")}


def cells(rows: list[dict[str, Any]]) -> list[list[tuple[str, Any]]]:
    """Return rows in an order that does not depend on who gave them."""
    return sorted(sorted(row.items()) for row in rows)


def in_month(query: Mapping[str, Any], *months: str) -> dict[str, Any]:
    """Return the query of a chart with months chosen in the dashboard's filter."""
    changed = deepcopy(dict(query))
    changed["queries"][0]["filters"] = [{"col": "month_label", "op": "IN", "val": list(months)}]
    return changed


def test_every_chart_is_expected(seen: Seen) -> None:
    assert set(seen.queries) == set(IN_ORDER) | set(AS_TEXT)


@pytest.mark.parametrize("name", IN_ORDER)
def test_a_chart_shows_the_numbers_of_the_tables_in_their_order(
    name: str, server: Server, seen: Seen, database: Path
) -> None:
    expected = asked(database, IN_ORDER[name])
    found = [shown(row) for row in server.rows(seen.queries[name])]
    assert len(found) == len(expected) > 0
    for found_row, expected_row in zip(found, expected, strict=True):
        assert found_row == pytest.approx(expected_row)


@pytest.mark.parametrize("name", AS_TEXT)
def test_a_table_shows_every_figure_as_it_is_printed(name: str, server: Server, seen: Seen, database: Path) -> None:
    expected = asked(database, AS_TEXT[name])
    found = server.rows(seen.queries[name])
    assert len(expected) > 0
    assert cells(found) == cells(expected)


def test_every_star_is_shown_as_its_interval(server: Server, seen: Seen, database: Path) -> None:
    stars = asked(
        database,
        """
        select county_code || ' ' || county_name_en as county, measure_name_en as measure
        from participants_by_county
        where is_latest_month and status = 'suppressed'
        """,
    )
    found = {(row["County"], row["Measure"]): row["participants_shown"] for row in server.rows(seen.queries[COUNTIES])}
    assert len(stars) == 23
    assert {found[star["county"], star["measure"]] for star in stars} == {"0–3"}
    assert list(found.values()).count("0–3") == len(stars)
    assert None not in found.values()
    # The same on the screen, where the note on stars says it once more.
    assert seen.text.count("0–3") == len(stars) + 1
    assert "99 Unknown" in seen.text


def test_counties_lie_in_the_order_of_the_report(database: Path) -> None:
    by_code, by_order = (
        asked(database, f"select distinct county_code, county_sort_order from participants_by_county order by {order}")  # noqa: S608
        for order in ("county_code", "county_sort_order")
    )
    assert by_code == by_order


def test_another_month_is_shown_where_the_filter_names_one(server: Server, seen: Seen, database: Path) -> None:
    february = AS_TEXT[COUNTIES].replace("is_latest_month", "month = date '2024-02-01'")
    found = server.rows(in_month(seen.queries[COUNTIES], "2024-02"))
    assert cells(found) == cells(asked(database, february))


def test_months_are_never_added(server: Server, seen: Seen) -> None:
    [latest] = server.rows(seen.queries["Participants"])
    assert server.rows(in_month(seen.queries["Participants"], "2024-03", "2024-04")) == [latest]


def test_a_metric_is_null_where_a_star_leaves_it_open(server: Server, seen: Seen, database: Path) -> None:
    query = deepcopy(seen.queries[COUNTIES])
    query["queries"][0] |= {
        "columns": ["county_name_en"],
        "metrics": ["participants", "participants_at_least", "participants_at_most", "suppressed_figures"],
        "orderby": [["participants_at_least", True]],
    }
    found = {row.pop("county_name_en"): row for row in server.rows(query)}
    expected = asked(
        database,
        """
        select
            county_name_en,
            case when count(participants) = count(*) then sum(participants)::integer end as participants,
            sum(participants_lower) as participants_at_least,
            sum(participants_upper) as participants_at_most,
            count(*) - count(participants) as suppressed_figures
        from participants_by_county
        where is_latest_month
        group by all
        """,
    )
    assert found == {row.pop("county_name_en"): row for row in expected}
    assert found["Unknown"] == {
        "participants": None, "participants_at_least": 0, "participants_at_most": 21, "suppressed_figures": 7,
    }  # fmt: skip


def test_every_column_has_the_comment_of_its_table(server: Server, database: Path) -> None:
    for listed in server.call("/api/v1/dataset/")["result"]:
        dataset = server.call(f"/api/v1/dataset/{listed['id']}")["result"]
        comments = asked(
            database,
            f"select column_name, comment from duckdb_columns() where table_name = '{dataset['table_name']}'"  # noqa: S608
            " and schema_name = 'main'",
        )
        described = {column["column_name"]: column["description"] for column in dataset["columns"]}
        assert comments
        for column in comments:
            assert described[column["column_name"]] == column["comment"]


def test_the_browser_finds_nothing_wrong_and_asks_nobody_else(seen: Seen) -> None:
    assert [message for message in seen.console if message.startswith(("SEVERE", "WARNING"))] == []
    elsewhere = [address for address in seen.addresses if not re.match(r"http://127\.0\.0\.1:|data:|blob:", address)]
    assert elsewhere == []


def test_the_pictures_are_of_charts(seen: Seen) -> None:
    assert seen.whole.stat().st_size > seen.top.stat().st_size > 100_000
    for title in (*IN_ORDER, *AS_TEXT):
        assert title in seen.text
    assert "No results" not in seen.text
    assert "19 039" in seen.text
    assert "April 2024" in seen.text
