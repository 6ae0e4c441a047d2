"""A report as the exact layer sees it: rules, what its cells can be, and where they stand."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import duckdb

from reasoning.budget import Budget
from reasoning.changes import Change, changes_of_columns, changes_of_rows, changes_of_tables
from reasoning.feasibility import is_satisfiable
from reasoning.mending import changes_that_mend
from reasoning.printed import PrintedCell, PrintedTable, tables_of
from reasoning.rules import Bounds, Interval, System, Term, system_of

_NO_BUDGET = 10**9

_TERMS = """
select
    terms.rule_key, terms.cell_key, terms.coefficient, rules.rule_lower, rules.rule_upper, terms.cell_lower,
    terms.cell_upper
from rules.rule_terms as terms
inner join localisation.complete_rules as rules on terms.rule_key = rules.rule_key
order by all
"""
_PLACES = """
select
    cell_key, table_number, line_number, column_number, is_average, is_total_row, breakdown, category_code, cell_lower,
    cell_upper
from localisation.printed_places
order by all
"""


@dataclass(frozen=True)
class PrintedReport:
    """The rules of a report, what each cell of them can be, and all printed cells in their places."""

    system: System
    cells: Bounds
    places: list[PrintedCell]

    @classmethod
    def read(cls, build_database: Path) -> PrintedReport:
        """Return the only report of a build."""
        with duckdb.connect(str(build_database), read_only=True) as build:
            system, cells = system_of(Term(*row) for row in build.execute(_TERMS).fetchall())
            return cls(system, cells, [PrintedCell(*row) for row in build.execute(_PLACES).fetchall()])

    @property
    def tables(self) -> Sequence[PrintedTable]:
        """The tables of the report."""
        return tables_of(self.places)

    @property
    def is_possible(self) -> bool:
        """Whether any numbers satisfy all rules, so that nothing can be found."""
        return is_satisfiable(self.system, self.cells, Budget(_NO_BUDGET))

    def changed(self, change: Change) -> PrintedReport:
        """Return the report with the change made to it."""
        prints = {place.cell: (place.lower, place.upper) for place in self.places}
        return self.printing({cell: prints[source] for cell, source in change.print_of.items()})

    def printing(self, prints: Mapping[int, Interval]) -> PrintedReport:
        """Return the report with other prints in some cells."""
        places = [
            place._replace(lower=prints[place.cell][0], upper=prints[place.cell][1]) if place.cell in prints else place
            for place in self.places
        ]
        return PrintedReport(self.system, {cell: prints.get(cell, ends) for cell, ends in self.cells.items()}, places)

    def all_changes(self) -> dict[str, list[Change]]:
        """Return every change that there can be, by kind, whether it concerns a rule or not."""
        nothing: Mapping[int, int] = {}
        changes: dict[str, list[Change]] = {}
        for change in (
            *changes_of_rows(self.tables, nothing, 0),
            *changes_of_columns(self.tables, nothing, 0),
            *changes_of_tables(self.tables, nothing, 0),
        ):
            if not change.beside:
                changes.setdefault(change.kind, []).append(change)
        return changes

    def mended(self) -> list[Change]:
        """Return the changes that make every rule hold."""
        return changes_that_mend(self.system, self.cells, self.places, Budget())
