"""Whether two published files hold the same: tables, definitions, comments, and all rows of all columns."""

from __future__ import annotations

from pathlib import Path

import duckdb

from publishers.tables import literal, quoted

_TABLES = """
select schema_name, table_name, sql, comment from duckdb_tables()
where database_name = ? order by all
"""
_COLUMNS = """
select schema_name, table_name, column_name, data_type, is_nullable, comment from duckdb_columns()
where database_name = ? order by schema_name, table_name, column_index
"""
_UNEQUAL = """
select count(*) from (
    (select {kept} from {one} except all select {kept} from {other})
    union all
    (select {kept} from {other} except all select {kept} from {one})
)
"""


def differences(one: Path, other: Path) -> dict[str, int]:
    """Return, by table, the rows of one file that the other has not, both ways, repetitions counted.

    Times of loading are left out, and the schema `build` is, which holds nothing else. Fails where tables, their
    definitions, columns, types or comments differ.
    """
    with duckdb.connect() as connection:
        for name, file in (("one", one), ("other", other)):
            connection.execute(f"attach {literal(str(file))} as {name} (read_only)")
        tables, columns = (
            [connection.execute(query, [name]).fetchall() for name in ("one", "other")] for query in (_TABLES, _COLUMNS)
        )
        assert tables[0] == tables[1]
        assert columns[0] == columns[1]
        found = {}
        for schema, table, *_ in tables[0]:
            if schema == "build":
                continue
            names = [
                column for of_schema, of_table, column, *_ in columns[0] if (of_schema, of_table) == (schema, table)
            ]
            kept = ", ".join(quoted(name) for name in names if name != "loaded_at")
            place = f"{quoted(schema)}.{quoted(table)}"
            count = connection.execute(
                _UNEQUAL.format(kept=kept, one=f"one.{place}", other=f"other.{place}")
            ).fetchone()
            assert count
            if count[0]:
                found[f"{schema}.{table}"] = count[0]
        return found
