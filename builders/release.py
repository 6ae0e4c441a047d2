"""Parts → one release: checked over all parts, made whole beside the old version, and put in its place in one step."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path

import duckdb
from tqdm import tqdm

from builders import finishing
from builders.building import write_parquet
from builders.parts import PartRecord, PartTable
from builders.planning import Part
from builders.store import Store, link_or_copy, made_whole
from publishers.releases import LeftOut, ParquetFile, Release, ReleasedPart, ReleasedTable, is_release, read_release
from publishers.tables import quoted
from warehouse.durable import flush
from warehouse.errors import Complaint, Problem, RefusedError, WarehouseError, refused

_ALL = "all"
"""Stands for the key of a part where a file holds the rows of all parts."""
_FEW = 3
_FAMILIES = "reference.measure_families"


@dataclass(frozen=True, slots=True)
class Built:
    """A part that holds: what was planned, and what was built of it."""

    plan: Part
    record: PartRecord
    folder: Path


@dataclass(frozen=True, slots=True)
class Released:
    """What making a release did."""

    release: Release
    is_unchanged: bool


def make_release(store: Store, parts: Sequence[Built], left_out: Sequence[LeftOut], fingerprint: str) -> Released:
    """Make the release of these parts the one that counts; nothing is written where it is so already.

    `fingerprint` is that of the project. Raises RefusedError where the parts do not go together, and WarehouseError
    or OSError where the release cannot be written; then the old one stays.
    """
    _require_disjoint(parts, store.link)
    _require_known_corrections(parts, left_out)
    version = _version(parts, left_out)
    before = _release_before(store)
    if before is not None and before.version == version:
        return Released(before, is_unchanged=True)
    target = store.versions / version
    if not target.exists():
        with made_whole(target) as folder:
            tables = tuple(_tables(folder, parts, store.link))
            release = Release(
                version=version,
                project_fingerprint=fingerprint,
                made_at=datetime.now(UTC).isoformat(timespec="seconds"),
                duckdb_version=duckdb.__version__,
                parts=tuple(ReleasedPart(each.record.key, each.plan.years, each.record.report_ids) for each in parts),
                left_out=tuple(left_out),
                tables=tables,
            )
            release.write(folder)
            for inner in (*(path for path in folder.rglob("*") if path.is_dir()), folder):
                flush(inner)
    store.switch(target)
    return Released(read_release(target, store.link), is_unchanged=False)


def _release_before(store: Store) -> Release | None:
    current = store.current()
    if current is None or not is_release(current):
        return None
    try:
        return read_release(current, store.link)
    except WarehouseError:  # one that cannot be read is replaced
        return None


def _version(parts: Sequence[Built], left_out: Sequence[LeftOut]) -> str:
    """Return the name of the version, which follows from its parts and what is left out."""
    lines = [*(each.record.key for each in parts), *(f"{each.names} {each.problem}" for each in left_out)]
    return sha256("\n".join(lines).encode("utf-8", "surrogateescape")).hexdigest()[:16]


def _require_disjoint(parts: Sequence[Built], link: Path) -> None:
    """Raise RefusedError where two parts have a report or month in common: a key of theirs could then stand twice."""
    for thing, kinds in (("report", "report_ids"), ("month", "months")):
        counts = Counter(each for part in parts for each in getattr(part.record, kinds))
        if several := sorted(name for name, count in counts.items() if count > 1):
            found = f"the {thing} {', '.join(several[:_FEW])} in several parts"
            raise refused(str(link), Problem(found, f"each {thing} in one part", "run the command again"))


def _require_known_corrections(parts: Sequence[Built], left_out: Sequence[LeftOut]) -> None:
    """Raise RefusedError for each correction of a report that is in no part; what is left out may have one."""
    if left_out:
        return
    known = {report_id for part in parts for report_id in part.record.report_ids}
    elsewhere = dict.fromkeys(
        message for part in parts for report_id, message in part.record.corrections_elsewhere if report_id not in known
    )
    if elsewhere:
        raise RefusedError(tuple(_complaint(message) for message in elsewhere))


def _complaint(message: str) -> Complaint:
    place, _, problem = message.partition(": found ")
    found, expected, action = problem.split("; ", 2)
    file, _, line = place.rpartition(":")
    return Complaint(file, int(line), Problem(found, expected.removeprefix("expected "), action))


def _tables(folder: Path, parts: Sequence[Built], link: Path) -> Iterator[ReleasedTable]:
    """Write the files of each table of the release and yield what they are."""
    by_name = [{table.full_name: table for table in part.record.tables} for part in parts]
    for part, tables in zip(parts, by_name, strict=True):
        _require_same_tables(by_name[0], tables, part, link)
    with _driver() as driver:
        finishing.set_latest_months(
            driver, (part.record for part in parts), parts[0].folder / by_name[0][_FAMILIES].file.name
        )
        latest = {part.record.key for part in parts if finishing.has_latest_month(driver, part.record)}
        names = tqdm(by_name[0], desc="releasing", unit=" tables", delay=1, leave=False, disable=None)
        for full_name in names:
            table = by_name[0][full_name]
            own = [(part, tables[full_name]) for part, tables in zip(parts, by_name, strict=True)]
            if not table.reads_reports:
                files = [_linked(folder, parts[0], table, _ALL)]
            elif finishing.is_overall(table):
                files = [_overall(driver, folder, table, own, link)]
            else:
                files = [
                    _finished(driver, folder, part, each)
                    if part.record.key in latest and finishing.says_what_is_latest(each) and each.file.rows
                    else _linked(folder, part, each, part.record.key)
                    for part, each in own
                ]
            yield ReleasedTable(
                table.schema, table.name, table.key, table.definition, table.comments, table.columns, tuple(files)
            )


@contextmanager
def _driver() -> Iterator[duckdb.DuckDBPyConnection]:
    settings: dict[str, str | bool | int | float | list[str]] = {
        "autoinstall_known_extensions": "false",
        "autoload_known_extensions": "false",
        "memory_limit": "400MB",
        "preserve_insertion_order": "false",
    }
    with duckdb.connect(config=settings) as driver:
        yield driver


def _require_same_tables(first: dict[str, PartTable], other: dict[str, PartTable], part: Built, link: Path) -> None:
    """Raise RefusedError unless a part has the tables of the first one, and equal rows where they read no report."""
    strange = first.keys() ^ other.keys()
    strange |= {
        name
        for name in first.keys() & other.keys()
        if (first[name].definition, first[name].comments, first[name].key, first[name].fingerprint)
        != (other[name].definition, other[name].comments, other[name].key, other[name].fingerprint)
    }
    if strange:
        some = ", ".join(sorted(strange)[:_FEW])
        problem = Problem(
            f"another form or other rows of {some} in the part of {part.plan.years}",
            "code lists and forms of tables that are the same in every part",
            f"remove {part.folder}, and run the command again",
        )
        raise refused(str(link), problem)


def _place(table: PartTable, key: str) -> str:
    return f"{table.schema}/{table.name}/part={key}.parquet"


def _linked(folder: Path, part: Built, table: PartTable, key: str) -> ParquetFile:
    name = _place(table, key)
    link_or_copy(part.folder / table.file.name, folder / name)
    return ParquetFile(name, table.file.rows, table.file.bytes, table.file.sha256)


def _finished(driver: duckdb.DuckDBPyConnection, folder: Path, part: Built, table: PartTable) -> ParquetFile:
    query = finishing.with_latest_months(table, part.folder / table.file.name)
    return _written(driver, folder, table, part.record.key, query)


def _overall(
    driver: duckdb.DuckDBPyConnection,
    folder: Path,
    table: PartTable,
    own: Iterable[tuple[Built, PartTable]],
    link: Path,
) -> ParquetFile:
    """Put the rows of all parts together in a table with its key and checks, and write them as one file."""
    query = finishing.overall_rows(table, [part.folder / each.file.name for part, each in own])
    place = f"{quoted(table.schema)}.{quoted(table.name)}"
    driver.execute(f"create schema if not exists {quoted(table.schema)}")
    driver.execute(table.definition)
    try:
        driver.execute(f"insert into {place} {query}")
    except duckdb.ConstraintException as error:
        problem = Problem(
            f"rows of {table.full_name} over all parts that break its key ({str(error).splitlines()[0]})",
            "each key once",
            "run the command again",
        )
        raise refused(str(link), problem) from error
    return _written(driver, folder, table, _ALL, f"from {place}")


def _written(driver: duckdb.DuckDBPyConnection, folder: Path, table: PartTable, key: str, query: str) -> ParquetFile:
    name = _place(table, key)
    rows = write_parquet(driver, query, folder / name)
    flush(folder / name)
    return ParquetFile.of(folder, name, rows)
