"""Mutants → the tables of the schema `raw`, with the rows that the loader would land."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import duckdb
import pandas as pd

from benchmarks.mutations.mutant import Mutant
from benchmarks.mutations.sample import Sample
from loaders import schema
from loaders.frames import reports_frame
from loaders.landing import land
from loaders.parsing import parse_report
from loaders.report import Report
from warehouse.editions import has_tables
from warehouse.errors import RejectedReportError

# Every mutant prints the cells of the sample, but for those that it changes.
_INSERT_CELLS = """
insert into raw.cells by name
select
    sample_cells.* replace (
        printed_reports.report_id as report_id,
        coalesce(changed_cells.value_text, sample_cells.value_text) as value_text
    )
from printed_reports
cross join sample_cells
left join changed_cells
    on
    printed_reports.report_id = changed_cells.report_id
    and sample_cells.line_number = changed_cells.line_number
    and sample_cells.column_number = changed_cells.column_number
"""


def land_mutants(
    connection: duckdb.DuckDBPyConnection, sample: Sample, mutants: Mapping[int, Mutant]
) -> tuple[dict[str, int], list[int]]:
    """Land mutants, each under a number; return report_id → number, and the numbers of those that are rejected.

    Mutants that keep the layout share one parse of the sample and one insert; the others are parsed one by one, and
    those that the loader rejects are not landed. Raises duckdb.ConstraintException if two mutants are the same text.
    """
    figure_mutants = {number: mutant for number, mutant in mutants.items() if mutant.keeps_layout}
    numbers: dict[str, int] = {}
    rejected: list[int] = []
    parsed: list[Report] = []
    for number in mutants.keys() - figure_mutants.keys():
        try:
            report = parse_report(mutants[number].content(sample), file_name(number))
        except RejectedReportError:
            rejected.append(number)
        else:
            parsed.append(report)
            numbers[report.report_id] = number
    if parsed:
        land(connection, parsed)
    if figure_mutants:
        numbers |= _land_figures(connection, sample, figure_mutants)
    return numbers, rejected


def file_name(number: int) -> str:
    """Return the name of a mutant's file."""
    return f"mutant_{number:06}.txt"


def _land_figures(
    connection: duckdb.DuckDBPyConnection, sample: Sample, mutants: Mapping[int, Mutant]
) -> dict[str, int]:
    """Land mutants that keep the layout; return report_id → number."""
    reports = {
        number: sample.report_of(mutant.content(sample), file_name(number)) for number, mutant in mutants.items()
    }
    changes = pd.DataFrame(
        [
            (reports[number].report_id, *place, *texts)
            for number, mutant in mutants.items()
            for place, texts in mutant.figures.items()
        ],
        columns=["report_id", "line_number", "column_number", "value_text"],
    )
    connection.register("printed_reports", reports_frame(list(reports.values())))
    connection.register("sample_cells", cells_of([sample.report]))
    connection.register("changed_cells", changes)
    connection.begin()
    if not has_tables(connection):
        connection.execute(schema.CREATE)
    connection.execute(schema.INSERT_REPORTS)
    connection.execute(_INSERT_CELLS)
    connection.commit()
    return {report.report_id: number for number, report in reports.items()}


def cells_of(reports: Sequence[Report]) -> pd.DataFrame:
    """Return the rows of raw.cells that the loader lands for reports."""
    with duckdb.connect() as connection:
        land(connection, reports)
        return connection.sql("from raw.cells").df()
