"""Replace tables on a PostgreSQL server so that readers see those before or those after, never some of each.

Where the tables keep their form, their rows are replaced in one transaction by DELETE and COPY, which every reader's
snapshot hides until it is committed. TRUNCATE, or tables made anew, would be seen empty by a transaction whose
snapshot is older: PostgreSQL looks names up in the catalog as it is now, and rows as they were then. So where the form
changes, the new tables are made and committed under another schema, and put in the place of the old ones in one
transaction once no snapshot is older than they are and nobody holds an old table.
"""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress

import duckdb
import psycopg
from psycopg import errors

from publishers.postgres_dsn import Dsn
from publishers.postgres_server import execute, rows, value, wait_until
from publishers.postgres_tables import Column, Form, ServerTable
from publishers.tables import quoted
from warehouse.process import tell

_UNFINISHED = "tiltak_unfinished_"
"""Beginning of the schemas of tables that are being made, each named after the one where they will stand."""
_REGISTER = ("build", "readers_tables")
"""The published table that lists the published tables: what a publisher may replace."""
_MAIN = "main"
"""Schema of the tables that readers name without a schema."""

_Place = tuple[str, str]

_EXISTING = """
select namespace.nspname, class.relname
from pg_class as class
inner join pg_namespace as namespace on class.relnamespace = namespace.oid
where class.relkind in ('r', 'p', 'v', 'm', 'f', 'S', 'i')
"""
_COLUMNS = """
select namespace.nspname, class.relname, attname, format_type(atttypid, atttypmod), attnotnull
from pg_attribute
inner join pg_class as class on attrelid = class.oid
inner join pg_namespace as namespace on class.relnamespace = namespace.oid
where class.relkind = 'r' and attnum > 0 and not attisdropped
order by attrelid, attnum
"""
_INDEXES = """
select namespace.nspname, class.relname, indisprimary,
    array(
        select attname::text
        from unnest(indkey) with ordinality as parts (attnum, place)
        inner join pg_attribute on attrelid = indrelid and pg_attribute.attnum = parts.attnum
        order by place
    )
from pg_index
inner join pg_class as class on indrelid = class.oid
inner join pg_namespace as namespace on class.relnamespace = namespace.oid
where indpred is null and indexprs is null and indisvalid
"""
_READERS = """
select namespace.nspname, class.relname, coalesce(role.rolname, '')
from pg_class as class
inner join pg_namespace as namespace on class.relnamespace = namespace.oid
cross join aclexplode(class.relacl) as granted
left join pg_roles as role on granted.grantee = role.oid
where granted.privilege_type = 'SELECT' and granted.grantee <> class.relowner
"""
_TRANSACTIONS = """
select locks.virtualxid, activity.pid, activity.usename
from pg_locks as locks
inner join pg_stat_activity as activity on locks.pid = activity.pid
where
    locks.locktype = 'virtualxid' and locks.granted and locks.pid <> pg_backend_pid()
    and activity.datname = current_database() and activity.usesysid is not null
"""

_OWNS_DATABASE = "select pg_has_role(datdba, 'usage') from pg_database where datname = current_database()"
_DATABASE_SETTINGS = """
select unnest(setconfig)
from pg_db_role_setting
inner join pg_database on setdatabase = pg_database.oid
where setrole = 0 and datname = current_database()
"""


def replace(
    server: psycopg.Connection,
    dsn: Dsn,
    build: duckdb.DuckDBPyConnection,
    tables: Sequence[ServerTable],
    readers: Sequence[str],
) -> int:
    """Make the published tables those of the build, readable by `readers` besides who could read, and count the rows.

    Raises DatabaseError, psycopg.Error or duckdb.Error; readers then find what they found before.
    """
    _require_roles(server, dsn, readers)
    _drop_unfinished(server)
    published = _published(server)
    existing = {_place(row) for row in rows(server, _EXISTING)}
    if foreign := sorted({table.place for table in tables} & existing - published):
        raise dsn.error(
            f"{'.'.join(foreign[0])}, which no publisher made", "no table in the place of a published one",
            "drop or rename it, or publish to another database",
        )  # fmt: skip
    forms = _forms(server)
    keeps_form = published == {table.place for table in tables} and all(
        table.place in forms and forms[table.place].takes_rows_of(table.form) for table in tables
    )
    if keeps_form:
        row_count = _replace_rows(server, build, tables, readers)
    else:
        row_count = _replace_tables(server, dsn, build, tables, readers, published & forms.keys())
    _tell_how_to_find(server, dsn)
    return row_count


def _replace_rows(
    server: psycopg.Connection,
    build: duckdb.DuckDBPyConnection,
    tables: Sequence[ServerTable],
    readers: Sequence[str],
) -> int:
    with server.transaction():
        for table in tables:
            execute(server, f"delete from {table.quoted_in(table.schema)}")  # noqa: S608 - own names
        row_count = sum(_fill(server, build, table, table.schema) for table in tables)
        for table in tables:
            _grant(server, f"table {table.quoted_in(table.schema)}", "select", readers)
        _open_schemas(server, tables, readers)
        _let_find(server)
    return row_count


def _replace_tables(
    server: psycopg.Connection,
    dsn: Dsn,
    build: duckdb.DuckDBPyConnection,
    tables: Sequence[ServerTable],
    readers: Sequence[str],
    old: set[_Place],
) -> int:
    try:
        with server.transaction():
            row_count = 0
            granted = _granted(server)
            # Who may read all tables may read those that are new.
            everywhere = set.intersection(*(granted.get(place, set()) for place in old)) if old else set()
            readers = sorted({*readers, *everywhere})
            for table in tables:
                schema = _unfinished(table.schema)
                execute(server, f"create schema if not exists {quoted(schema)}")
                for statement in table.definition(schema):
                    execute(server, statement)
                row_count += _fill(server, build, table, schema)
                before = granted.get(table.place, set())
                _grant(server, f"table {table.quoted_in(schema)}", "select", [*readers, *before])
        _wait_for_older_transactions(server, dsn)
        wait_until(
            lambda: _swapped(server, tables, readers, old),
            lambda: tell(f"{dsn.place}: waiting until nobody reads the tables, which change their form"),
            dsn.error(
                "tables of another form, which somebody reads without end", "a moment in which nobody does",
                "end transactions that stay open, such as those of idle sessions, and publish again",
            ),
        )  # fmt: skip
    finally:
        with suppress(psycopg.Error):
            _drop_unfinished(server)
    return row_count


def _swapped(
    server: psycopg.Connection, tables: Sequence[ServerTable], readers: Sequence[str], old: set[_Place]
) -> bool:
    """Put the finished tables in the place of the old ones, unless somebody reads one of those."""
    old_names = ", ".join(f"{quoted(schema)}.{quoted(name)}" for schema, name in sorted(old))
    try:
        with server.transaction():
            if old:
                # Whoever waits for a lock while holding others could be waited for in turn.
                execute(server, f"lock table {old_names} in access exclusive mode nowait")
                execute(server, f"drop table {old_names}")
            for schema in sorted({table.schema for table in tables}):
                execute(server, f"create schema if not exists {quoted(schema)}")
            for table in tables:
                unfinished = table.quoted_in(_unfinished(table.schema))
                execute(server, f"alter table {unfinished} set schema {quoted(table.schema)}")
            _open_schemas(server, tables, readers)
            _let_find(server)
    except errors.LockNotAvailable:
        return False
    return True


def _fill(server: psycopg.Connection, build: duckdb.DuckDBPyConnection, table: ServerTable, schema: str) -> int:
    """Copy the rows of a table of the build, set its comments, and return how many rows it has."""
    row_count = 0
    with server.cursor() as cursor, cursor.copy(table.copying(schema).encode()) as copy:
        for count, text in table.copied_rows(build):
            copy.write(text.encode())
            row_count += count
    for comment in table.comments(schema):
        execute(server, comment)
    execute(server, f"analyze {table.quoted_in(schema)}")
    return row_count


def _wait_for_older_transactions(server: psycopg.Connection, dsn: Dsn) -> None:
    """Wait until every transaction has ended that is open now, as its snapshot may lack the finished tables."""
    older = {row[0] for row in rows(server, _TRANSACTIONS)}

    def are_gone() -> bool:
        return not older & {row[0] for row in rows(server, _TRANSACTIONS)}

    wait_until(
        are_gone,
        lambda: tell(f"{dsn.place}: waiting for open transactions to end, as tables change their form"),
        dsn.error(
            "tables of another form, and a transaction that stays open", "transactions that end",
            "end it (`select * from pg_stat_activity`), and publish again",
        ),
    )  # fmt: skip


def _published(server: psycopg.Connection) -> set[_Place]:
    """Return the tables that a publisher made."""
    schema, name = map(quoted, _REGISTER)
    if value(server, "select to_regclass(%s) is null", (f"{schema}.{name}",)):
        return set()
    return {_place(row) for row in rows(server, f"select schema_name, table_name from {schema}.{name}")}  # noqa: S608 - own names


def _forms(server: psycopg.Connection) -> dict[_Place, Form]:
    columns: dict[_Place, list[Column]] = {}
    for schema, table, name, kind, is_required in rows(server, _COLUMNS):
        columns.setdefault((str(schema), str(table)), []).append(Column(str(name), str(kind), bool(is_required)))
    keys: dict[_Place, tuple[str, ...]] = {}
    indexes: dict[_Place, set[tuple[str, ...]]] = {}
    for schema, table, is_key, names in rows(server, _INDEXES):
        parts = tuple(map(str, names)) if isinstance(names, list) else ()
        if is_key:
            keys[str(schema), str(table)] = parts
        else:
            indexes.setdefault((str(schema), str(table)), set()).add(parts)
    return {
        place: Form(tuple(found), keys.get(place, ()), frozenset(indexes.get(place, ())))
        for place, found in columns.items()
    }


def _granted(server: psycopg.Connection) -> dict[_Place, set[str]]:
    granted: dict[_Place, set[str]] = {}
    for schema, table, role in rows(server, _READERS):
        granted.setdefault((str(schema), str(table)), set()).add(str(role))
    return granted


def _require_roles(server: psycopg.Connection, dsn: Dsn, readers: Sequence[str]) -> None:
    for role in readers:
        if not value(server, "select exists (select from pg_roles where rolname = %s)", (role,)):
            raise dsn.error(f"no role {role}", "a role of the server with --reader", f"`create role {quoted(role)}`")


def _open_schemas(server: psycopg.Connection, tables: Sequence[ServerTable], readers: Sequence[str]) -> None:
    for schema in sorted({table.schema for table in tables}):
        _grant(server, f"schema {quoted(schema)}", "usage", readers)


def _grant(server: psycopg.Connection, thing: str, right: str, roles: Sequence[str]) -> None:
    for role in sorted(set(roles)):
        execute(server, f"grant {right} on {thing} to {quoted(role) if role else 'public'}")


def _let_find(server: psycopg.Connection) -> None:
    """Have sessions find the tables in `main` without a schema, if the role may set that for the database."""
    path = _search_path(server)
    if _finds_main(path) or not value(server, _OWNS_DATABASE):
        return
    wanted = f"{path}, {_MAIN}" if path else f'"$user", {_MAIN}, public'
    execute(
        server, f"alter database {quoted(str(value(server, 'select current_database()')))} set search_path = {wanted}"
    )


def _tell_how_to_find(server: psycopg.Connection, dsn: Dsn) -> None:
    if not _finds_main(_search_path(server)):
        name = quoted(str(value(server, "select current_database()")))
        tell(
            f"{dsn.place}: readers must write {_MAIN}.TABLE until its owner says "
            f'`alter database {name} set search_path = "$user", {_MAIN}, public`'
        )


def _finds_main(path: str) -> bool:
    return _MAIN in [name.strip().strip('"') for name in path.split(",")]


def _search_path(server: psycopg.Connection) -> str:
    """Return the search path that the database sets for all roles, empty for none."""
    settings = [str(setting) for (setting,) in rows(server, _DATABASE_SETTINGS)]
    return next((text.partition("=")[2] for text in settings if text.startswith("search_path=")), "")


def _drop_unfinished(server: psycopg.Connection) -> None:
    for (schema,) in rows(server, "select nspname from pg_namespace where starts_with(nspname, %s)", (_UNFINISHED,)):
        execute(server, f"drop schema {quoted(str(schema))} cascade")


def _unfinished(schema: str) -> str:
    return _UNFINISHED + schema


def _place(row: tuple[object, ...]) -> _Place:
    schema, name = row
    return str(schema), str(name)
