"""SDMX-CSV: the figures of a table with the codes of official statistics for a star and for a break."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import duckdb

from publishers.files.codes import require_known_statuses, status_sql
from publishers.files.plain import copy_csv, harmless
from publishers.files.tables import FIGURE, Column, Table

AGENCY = "TILTAK"
"""Who maintains the structures: this project, not the publisher of the reports."""
VERSION = "1.0.0"
_ATTRIBUTES = (
    "participants_lower", "participants_upper", "status", "comparable_series", "report_id", "page_number",
    "line_number", "printed_counties",
)  # fmt: skip
"""What is said of a figure besides its two statuses, where the table has it and it is no part of the key."""


@dataclass(frozen=True, slots=True)
class Flow:
    """A table as SDMX has it."""

    table: Table

    @property
    def id(self) -> str:
        """The id of its dataflow and data structure, which is the table's name in capitals."""
        return self.table.name.upper()

    @property
    def dimensions(self) -> tuple[Column, ...]:
        """Its dimensions besides frequency and time."""
        return tuple(column for column in self.table.columns if column.name in self.table.dimensions)

    @property
    def attributes(self) -> tuple[Column, ...]:
        """Its attributes besides the two statuses."""
        return tuple(
            column for column in self.table.columns if column.name in _ATTRIBUTES and column not in self.dimensions
        )


def write_sdmx_csv(file: Path, build: duckdb.DuckDBPyConnection, flow: Flow) -> None:
    """Write the figures of a table as SDMX-CSV 2.0.

    Raises duckdb.Error, or DatabaseError for a status that SDMX has nothing for.
    """
    require_known_statuses(build, flow.table)
    columns = {
        "STRUCTURE": "'dataflow'",
        "STRUCTURE_ID": f"'{AGENCY}:{flow.id}({VERSION})'",
        "ACTION": "'I'",
        "FREQ": "'M'",
        **{component(column): f"rows.{column.quoted_name}" for column in flow.dimensions},
        "TIME_PERIOD": "strftime(rows.month, '%Y-%m')",
        "OBS_VALUE": f"rows.{FIGURE}",
        "OBS_STATUS": status_sql(flow.table, "obs_status"),
        "CONF_STATUS": status_sql(flow.table, "conf_status"),
        **{component(column): harmless(column).removesuffix(f" as {column.quoted_name}") for column in flow.attributes},
    }
    selected = ", ".join(f'{expression} as "{name}"' for name, expression in columns.items())
    copy_csv(file, build, f"select {selected} {flow.table.ordered}", [])


def component(column: Column) -> str:
    """Return the id of the SDMX component that a column is."""
    return column.name.upper()
