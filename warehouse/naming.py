"""Which names a build database may have: DuckDB and dbt take its name from the file's, and must take the same one."""

from __future__ import annotations

import os
import re
from pathlib import Path
from urllib.parse import urlparse

from warehouse.errors import DatabaseError, Problem, described, quoted
from warehouse.settings import SCHEMAS

_LONGEST = 200
"""Bytes of a file name. File systems take 255, and DuckDB and this project write files beside it with longer names."""
_OF_DUCKDB = frozenset({"main", "temp", "system", "pg_catalog", "information_schema"})
# dbt puts the name between quotes without doubling those in it, and into Python programs as JSON writes it.
_UNQUOTABLE = re.compile(r"""["'\\\x00-\x1f\x7f-\x9f]|[^\u0000-\uffff]""")
_EXPECTED = "a name that DuckDB and dbt both take as it is, such as build/tiltak.duckdb"
_ACTION = "rename the file, or give another one"


def require_usable_name(path: Path | str) -> None:
    """Raise DatabaseError if a build cannot bear the name `path`, as the user gave it; touches no file.

    A name that passes goes through loading, every table that dbt makes, and publishing.
    """
    text = str(path)
    if found := _fault(text):
        raise DatabaseError(text, Problem(found, _EXPECTED, _ACTION))


def database_name(file_name: str) -> str:
    """Return what DuckDB calls the database in a file: the first part of its name between dots that is not empty."""
    return next((part for part in file_name.split(".") if part), "")


def _fault(text: str) -> str | None:
    """Return what is wrong with a path, None if nothing is."""
    try:
        text.encode()
    except UnicodeEncodeError:
        return "a path that is not text in UTF-8"
    if text.startswith("~"):
        return "a path that begins with ~, which is a home folder to some programs and a name to others"
    file_name = Path(text).name
    if (length := len(os.fsencode(file_name))) > _LONGEST:
        return f"a file name of {length:,} bytes, of which {_LONGEST} can be used"
    name = database_name(file_name)
    if not name.strip():
        return "a file name without a letter"
    if strange := _UNQUOTABLE.search(name):
        return f"the character {described(strange.group())} in the name {quoted(name)}"
    if name != name.strip():
        return f"the name {quoted(name)} with a space at its end"
    # To dbt a path is an address, whose ? # and ; end its path, also where they stand in the name of a folder. The
    # profile puts ./ before a relative one, so that nothing in it is taken for the kind of address.
    address = urlparse(text if Path(text).is_absolute() else f"./{text}")
    if database_name(os.path.basename(address.path)) != name:  # noqa: PTH119 - part of an address
        return f"a path with ? # or ; in it, from which dbt takes another name than {quoted(name)}"
    if "ducklake:" in text.lower():
        return "a path with ducklake: in it, which dbt takes for a database of another kind"
    if name.lower() in _OF_DUCKDB:
        return f"the name {quoted(name)}, which DuckDB keeps for itself"
    if name.lower() in SCHEMAS:
        return f"the name {quoted(name)}, which is that of a schema in it"
    if name.lower() != "".join(char.lower() for char in name) or len(name.lower()) != len(name):
        return f"the name {quoted(name)}, whose letters DuckDB and dbt write small in different ways"
    return None
