"""A release: the published tables as Parquet files in a folder, with a manifest of what they are.

`<schema>/<table>/part=<key>.parquet`; `builders` makes it, publishers and readers open it.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import duckdb
from tqdm import tqdm

from publishers.tables import ReadersTable, literal, quoted
from publishers.writing import new_readers_file
from warehouse.errors import DatabaseError, Problem, refused
from warehouse.fingerprint import current_project, project_fingerprint

MANIFEST = "manifest.json"
_FORMAT = 1
_MAKE_AGAIN = "run `python -m builders` again"


@dataclass(frozen=True, slots=True)
class ParquetFile:
    """A file with rows of one table."""

    name: str
    """Path within the release, or within the folder of a part."""
    rows: int
    bytes: int
    sha256: str

    @classmethod
    def of(cls, folder: Path, name: str, rows: int) -> ParquetFile:
        """Return what a file is, which must be there."""
        path = folder / name
        return cls(name, rows, path.stat().st_size, _sha256(path))


@dataclass(frozen=True, slots=True)
class ReleasedTable:
    """A table of a release."""

    schema: str
    name: str
    key: str | None
    """report_id or month where each row is of one report or month."""
    definition: str
    """The statement that makes the table in DuckDB, with its types, key and checks."""
    comments: tuple[str, ...]
    """Statements."""
    columns: tuple[tuple[str, str], ...]
    """Names and DuckDB's types."""
    files: tuple[ParquetFile, ...]

    @property
    def rows(self) -> int:
        """How many rows it has."""
        return sum(file.rows for file in self.files)

    @property
    def as_readers_table(self) -> ReadersTable:
        """The table as a build has it."""
        return ReadersTable(self.schema, self.name, self.key, self.definition, self.comments)


@dataclass(frozen=True, slots=True)
class ReleasedPart:
    """A part of a release."""

    key: str
    years: str
    report_ids: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class LeftOut:
    """Reports that are not in the release, though they were given."""

    names: tuple[str, ...]
    """Paths, as given."""
    problem: str


@dataclass(frozen=True, slots=True)
class Release:
    """What a manifest says."""

    version: str
    """Changes with every change of a row."""
    project_fingerprint: str
    made_at: str
    """In UTC, as ISO 8601."""
    duckdb_version: str
    parts: tuple[ReleasedPart, ...]
    left_out: tuple[LeftOut, ...]
    tables: tuple[ReleasedTable, ...]

    @property
    def report_count(self) -> int:
        """How many reports it is made of."""
        return sum(len(part.report_ids) for part in self.parts)

    def write(self, folder: Path) -> None:
        """Write the manifest into the folder of the release."""
        text = json.dumps({"format": _FORMAT, **asdict(self)}, indent=1)
        (folder / MANIFEST).write_text(text + "\n", encoding="utf-8")


def is_release(path: Path) -> bool:
    """Return whether a path, as a user gives it, is that of a release."""
    return (path / MANIFEST).is_file()


def read_release(folder: Path, source: Path) -> Release:
    """Return the release in `folder`, which a user names `source`. Raises DatabaseError where its manifest is none."""
    try:
        given = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
        if given.pop("format") != _FORMAT:
            problem = Problem("a release of another form", "one that this version reads", _MAKE_AGAIN)
            raise DatabaseError(str(source), problem)
        tables = tuple(_table(table) for table in given.pop("tables"))
        parts = tuple(
            ReleasedPart(part["key"], part["years"], tuple(part["report_ids"])) for part in given.pop("parts")
        )
        left_out = tuple(LeftOut(tuple(each["names"]), each["problem"]) for each in given.pop("left_out"))
        return Release(**given, tables=tables, parts=parts, left_out=left_out)
    except (OSError, ValueError, TypeError, KeyError) as error:
        problem = Problem(f"a manifest that cannot be read ({error})", f"a whole {MANIFEST}", _MAKE_AGAIN)
        raise DatabaseError(str(source), problem) from error


def require_fit(release: Release, source: Path) -> None:
    """Raise RefusedError unless the release is of the project as it is now; its parts were fit when they were built."""
    if release.project_fingerprint != project_fingerprint(current_project()):
        problem = Problem("a release of another state of the project", "one of the project as it is now", _MAKE_AGAIN)
        raise refused(str(source), problem)


def write_release(folder: Path, source: Path, release: Release, target: Path) -> None:
    """Make the database file `target` with the tables of a release: types, keys, checks and comments included.

    Raises RefusedError where a file is not the one that the manifest tells of, or a row breaks a key or check;
    duckdb.Error where the target cannot be written.
    """
    with new_readers_file(target) as writer:
        for schema in sorted({table.schema for table in release.tables}):
            writer.execute(f"create schema if not exists {quoted(schema)}")
        for table in tqdm(release.tables, desc="publishing", unit=" tables", delay=1, leave=False, disable=None):
            _require_untouched(folder, source, table)
            writer.execute(table.definition)
            try:
                for files in _lots(table.files):
                    writer.execute(
                        f"insert into {table.as_readers_table.quoted_name} from {rows_of_files(folder, files)}"
                    )
            except (duckdb.ConstraintException, duckdb.ConversionException, duckdb.BinderException) as error:
                found = f"rows of {table.schema}.{table.name} that it cannot hold ({str(error).splitlines()[0]})"
                raise refused(str(source), Problem(found, "rows that keep to its definition", _MAKE_AGAIN)) from error
            for comment in table.comments:
                writer.execute(comment)


def rows_of_files(folder: Path, files: Sequence[ParquetFile]) -> str:
    """Return the rows of Parquet files in a folder, as a table function of SQL."""
    return f"read_parquet([{', '.join(literal(str(folder / file.name)) for file in files)}])"


def _lots(files: Sequence[ParquetFile]) -> Iterator[Sequence[ParquetFile]]:
    most = 256
    for start in range(0, len(files), most):
        yield files[start : start + most]


def _require_untouched(folder: Path, source: Path, table: ReleasedTable) -> None:
    for file in table.files:
        path = folder / file.name
        try:
            found = "" if _sha256(path) == file.sha256 else "other bytes than the manifest tells of"
        except OSError as error:
            found = f"a file that cannot be read ({error.strerror})"
        if found:
            raise refused(f"{source}/{file.name}", Problem(found, "the file as it was written", _MAKE_AGAIN))


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _table(given: dict[str, Any]) -> ReleasedTable:
    return ReleasedTable(
        given["schema"],
        given["name"],
        given["key"],
        given["definition"],
        tuple(given["comments"]),
        tuple((name, type_) for name, type_ in given["columns"]),
        tuple(ParquetFile(**file) for file in given["files"]),
    )
