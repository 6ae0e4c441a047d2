"""What a worker leaves of one part: a Parquet file for each published table, and a record of them, `part.json`."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, TypeVar

from publishers.releases import ParquetFile

RECORD = "part.json"

_Form = TypeVar("_Form", str, tuple[str, ...], tuple[tuple[str, str], ...])


@dataclass(frozen=True, slots=True)
class PartTable:
    """A published table of a part."""

    schema: str
    name: str
    key: str | None
    """report_id or month where each row is of one report or month, as `build.readers_tables` has it."""
    reads_reports: bool
    """False for code lists, and what is made of them alone: such a table is the same in every part."""
    definition: str
    comments: tuple[str, ...]
    columns: tuple[tuple[str, str], ...]
    """Names and DuckDB's types, in their order."""
    file: ParquetFile
    fingerprint: str
    """The same for the same rows in whatever order; empty where the table reads reports."""

    @property
    def full_name(self) -> str:
        """Return schema and name, as messages give it."""
        return f"{self.schema}.{self.name}"


@dataclass(frozen=True, slots=True)
class PartRecord:
    """A part that was built, and is fit to be read."""

    key: str
    report_ids: tuple[str, ...]
    months: tuple[str, ...]
    """Months that its reports print, as ISO dates of their first days."""
    latest_months: Mapping[str, str]
    """Family → its newest month in this part."""
    corrections_elsewhere: tuple[tuple[str, str], ...]
    """Report and message of each row of the corrections whose report is not in this part."""
    tables: tuple[PartTable, ...]

    def write(self, folder: Path) -> None:
        """Write the record into the folder of its part."""
        (folder / RECORD).write_text(json.dumps(asdict(self)), encoding="utf-8")

    @classmethod
    def read(cls, folder: Path) -> PartRecord | None:
        """Return the record of a part, None where there is no such part, or its files are not those it tells of."""
        try:
            given = json.loads((folder / RECORD).read_text(encoding="utf-8"))
            tables = tuple(_table(table) for table in given.pop("tables"))
            corrections = tuple((report_id, message) for report_id, message in given.pop("corrections_elsewhere"))
            given |= {name: tuple(given[name]) for name in ("report_ids", "months")}
            record = cls(**given, corrections_elsewhere=corrections, tables=tables)
            is_whole = all((folder / table.file.name).stat().st_size == table.file.bytes for table in tables)
        except (OSError, ValueError, TypeError, KeyError):
            return None
        return record if is_whole else None


def _table(given: dict[str, Any]) -> PartTable:
    return PartTable(
        given["schema"],
        given["name"],
        given["key"],
        given["reads_reports"],
        _shared(given["definition"]),
        _shared(tuple(given["comments"])),
        _shared(tuple((name, type_) for name, type_ in given["columns"])),
        ParquetFile(**given["file"]),
        given["fingerprint"],
    )


_forms: dict[Any, Any] = {}
"""Definitions, comments and columns, the same in every part: each is kept once, however many parts there are."""


def _shared(form: _Form) -> _Form:
    kept: _Form = _forms.setdefault(form, form)
    return kept
