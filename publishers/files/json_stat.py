"""JSON-stat 2: a cube per table, in which a suppressed figure has no value and the status `:`."""

from __future__ import annotations

import math

import duckdb

from publishers.files.codes import Code, codes_of, require_known_statuses, status_sql
from publishers.files.documents import Document
from publishers.files.labels import label_of_column, label_of_table
from publishers.files.provenance import STAR, TITLE, TITLE_EN, Provenance
from publishers.files.tables import FIGURE, Table
from publishers.tables import quoted

CONTENTS = "contents"
"""The dimension that tells a figure from the two ends of its interval."""
_CONTENTS = (FIGURE, "participants_lower", "participants_upper")


def cube(build: duckdb.DuckDBPyConnection, table: Table, provenance: Provenance) -> Document:
    """Return the figures of a table as a JSON-stat dataset.

    Its dimensions are the table's key and CONTENTS. Where the table has no row, the value is null without a status.
    Raises duckdb.Error, or DatabaseError for a code or status that formats have nothing for.
    """
    require_known_statuses(build, table)
    dimensions = {"month": _months(build, table)}
    dimensions |= {name: codes_of(build, table, name) for name in table.dimensions}
    dimensions[CONTENTS] = [Code(name, *label_of_column(name)) for name in _CONTENTS]
    sizes = [len(codes) for codes in dimensions.values()]
    values, statuses = _values(build, table, dimensions, math.prod(sizes))
    norwegian, english = label_of_table(table.name)
    role = {"time": ["month"], "metric": [CONTENTS]}
    if "county_code" in dimensions:
        role["geo"] = ["county_code"]
    return {
        "version": "2.0",
        "class": "dataset",
        "label": norwegian,
        "source": f"{provenance.publisher}, {provenance.source}",
        "updated": provenance.built_at_text,
        "note": [table.comment, STAR],
        "id": list(dimensions),
        "size": sizes,
        "role": role,
        "dimension": {name: _dimension(name, codes) for name, codes in dimensions.items()},
        "value": values,
        "status": statuses,
        "extension": {"label_en": english, "title": TITLE, "title_en": TITLE_EN, **provenance.as_texts()},
    }


def _months(build: duckdb.DuckDBPyConnection, table: Table) -> list[Code]:
    found = build.execute(f"select distinct strftime(month, '%Y-%m') from {table.quoted_name} order by all").fetchall()  # noqa: S608 - own names
    return [Code(month, month, month) for (month,) in found]


def _values(
    build: duckdb.DuckDBPyConnection, table: Table, dimensions: dict[str, list[Code]], size: int
) -> tuple[list[int | None], dict[str, str]]:
    """Return the values of all cells of the cube, and the status of those that have one by their place in it."""
    places = {name: {code.code: place for place, code in enumerate(codes)} for name, codes in dimensions.items()}
    keys = [name for name in dimensions if name not in ("month", CONTENTS)]
    columns = ", ".join(f"rows.{quoted(name)}" for name in (*keys, *_CONTENTS))
    build.execute(f"select strftime(rows.month, '%Y-%m'), {status_sql(table, 'sign')}, {columns} {table.ordered}")
    values: list[int | None] = [None] * size
    statuses: dict[str, str] = {}
    for month, status, *rest in build.fetchall():
        codes, figures = rest[: len(keys)], rest[len(keys) :]
        place = places["month"][month]
        for name, code in zip(keys, codes, strict=True):
            place = place * len(places[name]) + places[name][code]
        place *= len(_CONTENTS)
        values[place : place + len(_CONTENTS)] = figures
        if status is not None:
            statuses[str(place)] = status
    return values, statuses


def _dimension(name: str, codes: list[Code]) -> Document:
    norwegian, english = ("Innhold", "Contents") if name == CONTENTS else label_of_column(name)
    category: Document = {
        "index": [code.code for code in codes],
        "label": {code.code: code.name for code in codes},
    }
    if name == CONTENTS:
        category["unit"] = {code.code: {"base": "personer", "decimals": 0} for code in codes}
    return {
        "label": norwegian,
        "category": category,
        "extension": {"label_en": english, "category_label_en": {code.code: code.name_en for code in codes}},
    }
