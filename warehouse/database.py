"""Open the warehouse's database file, and say plainly why it cannot be used."""

from __future__ import annotations

import os
import re
from pathlib import Path

import duckdb

from warehouse.errors import DatabaseError, Problem
from warehouse.naming import require_usable_name

_Settings = dict[str, str | bool | int | float | list[str]]
_SETTINGS: _Settings = {
    # DuckDB would otherwise fetch extensions over the network when a query seems to need one.
    "autoinstall_known_extensions": "false",
    "autoload_known_extensions": "false",
    # One core lands while the other parses; with more threads they wait for each other, at a third more work.
    "threads": 1,
}
# Files of this version hold texts that repeat, as labels do, in a way that takes a third less time to write.
# DuckDB reads them since May 2025. A file keeps the version that it was made with.
_NEW_FILE: _Settings = _SETTINGS | {"storage_compatibility_version": "v1.3.0"}
_HOLDER = re.compile(r"Conflicting lock is held in (.+? \(PID [0-9]+\)(?: by user [^ .]+)?)")
_DATABASE = "a DuckDB database file"
_NO_ROOM = ("No space left", "File too large", "quota exceeded")
_UNWRITABLE = ("Permission denied", "Read-only file system", "read-only mode", "Cannot open file")


def exists(path: Path) -> bool:
    """Return whether there is anything at `path`. Raises DatabaseError if that cannot be seen."""
    try:
        return path.exists()
    except OSError as error:
        raise _out_of_reach(path, error) from error


def connect(path: Path, *, read_only: bool, option: str = "--database") -> duckdb.DuckDBPyConnection:
    """Return a connection to the database at `path`, which is made if missing and not `read_only`.

    `option` is the one of the command that names the file, for messages.

    Raises DatabaseError if that cannot be done, or dbt could not use it; then no existing file was changed.
    """
    require_usable_name(path)
    try:
        if path.exists() and not path.is_file():
            found = "a folder" if path.is_dir() else "a device or pipe"
            raise DatabaseError(str(path), Problem(found, _DATABASE, _another_file(option)))
        if not read_only and not path.exists():
            _make(path)
        # An absolute path is a file whatever its name; DuckDB has other uses for names like :memory: or md:x.
        return duckdb.connect(path.absolute(), read_only=read_only, config=_SETTINGS)
    except OSError as error:
        raise _out_of_reach(path, error, option) from error
    except duckdb.Error as error:
        raise explained(error, path, option) from error


def workspace() -> duckdb.DuckDBPyConnection:
    """Return a connection without a file of its own, to attach database files to."""
    return duckdb.connect(config=_SETTINGS)


def _make(path: Path) -> None:
    """Make an empty database at `path`, and the folder for it, in one step.

    DuckDB itself would make the file first and fill it then: killed in between, it leaves a file that it does
    not take for a database any more. So the file is made under another name and linked when it is complete. A
    database that another program made meanwhile stays.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    unfinished = path.with_name(f".{path.name}.{os.getpid()}")
    try:
        duckdb.connect(unfinished.absolute(), config=_NEW_FILE).close()
        try:
            os.link(unfinished, path)
        except FileExistsError:
            return
        except OSError:  # a file system without hard links
            unfinished.rename(path)
    finally:
        unfinished.unlink(missing_ok=True)


def _another_file(option: str) -> str:
    return f"give another file with {option}"


def _out_of_reach(path: Path, error: OSError, option: str = "--database") -> DatabaseError:
    found = f"a folder that cannot be used or made ({error.strerror})"
    return DatabaseError(str(path), Problem(found, "a folder for the database", _another_file(option)))


def explained(error: duckdb.Error, path: Path, option: str = "--database") -> DatabaseError:
    """Return the error to tell for what DuckDB said about the database at `path`, which `option` names."""
    return DatabaseError(str(path), _problem(str(error), _another_file(option)))


def _problem(message: str, another_file: str) -> Problem:
    if "Could not set lock" in message:
        holder = _HOLDER.search(message)
        found = f"a lock held by {holder.group(1)}" if holder else "a lock held by another program"
        return Problem(found, "no other program to use the database", "close that program and try again")
    if "not a valid DuckDB database file" in message:
        return Problem("a file of another kind", _DATABASE, another_file)
    if "version number" in message:
        found = f"a database of another version of DuckDB than this one, {duckdb.__version__}"
        return Problem(found, "a database that this version can read", "install the version that wrote it")
    reason = _shortened(message)
    if any(sign in message for sign in _NO_ROOM):
        found = f"no room on the disk ({reason})"
        return Problem(found, "room for the database", "make room and run the command again")
    if any(sign in message for sign in _UNWRITABLE):
        found = f"a database that cannot be written ({reason})"
        return Problem(found, "a file in a folder open for writing", another_file)
    return Problem(f"a database that cannot be used ({reason})", _DATABASE, another_file)


def _shortened(message: str) -> str:
    """Return DuckDB's first line without the class of the error and the path, which is told already.

    Of an error that only follows from an earlier one, the line of that one.
    """
    cause = message.rpartition("Original error: ")[2].strip('"')
    return re.sub(r'^.*?Error: |(?<=file) "[^"]*"', "", cause.split("\n", 1)[0])[:200]
