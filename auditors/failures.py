"""What the audit found wrong in the reports of a build, read from its tables."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import duckdb

from warehouse import database
from warehouse.errors import DatabaseError, Problem

_NEEDED = {
    "raw.cells",
    "build.built_reports",
    "build.built_tables",
    "build.readers_tables",
    "audit.reconciliation_checks",
    "audit.suspect_cells",
    "audit.suspect_changes",
    "localisation.exact_findings",
}

# Causes first: a sum that lacks a row follows from the row, and a contradiction from the rules that it lies between.
CAUSES = ("labels_are_known", "rows_are_complete", "months_are_continuous", "cells_are_accounted_for")
_CONSEQUENCES = ("rules_hold_together",)
LEGIBLE = "figures_are_legible"
"""The rule that a person helps to hold, by looking at the scan."""

_FAILED_CHECKS = """
select
    report_id,
    rule_code,
    count(*),
    bool_and(verdict = 'missing'),
    list(explanation order by line_numbers[1], explanation)
from audit.reconciliation_checks
where verdict not in ('proven', 'possible')
group by report_id, rule_code
"""

_GIVEN_UP = """
select scope.report_id
from build.reports_in_scope as scope
where scope.report_key in (select report_key from localisation.exact_findings where finding = 'given_up')
"""

_CHANGES = "select report_id, explanation from audit.suspect_changes order by report_id, change_number"

_SUSPECTS = f"""
with

reports_given_up as (
{_GIVEN_UP}),

printed_lines as (

    select
        report_id,
        line_number,
        any_value(row_label) as row_label,
        list(column_label order by column_number) as headings,
        list(value_text order by column_number) as figures
    from raw.cells
    where (report_id, line_number) in (select (report_id, line_number) from audit.suspect_cells)
    group by report_id, line_number

)

select
    suspects.report_id,
    suspects.set_number,
    suspects.cells_in_set,
    suspects.candidates,
    suspects.line_number,
    suspects.column_number,
    trim(printed.row_label),
    printed.headings,
    printed.figures,
    suspects.proposed_lower,
    suspects.proposed_upper,
    suspects.proposed_upper < reports.suppression_threshold,
    suspects.candidates = 1
    and suspects.report_id not in (select report_id from reports_given_up),
    suspects.is_certain,
    suspects.place
from audit.suspect_cells as suspects
inner join printed_lines as printed
    on suspects.report_id = printed.report_id and suspects.line_number = printed.line_number
inner join raw.reports as reports on suspects.report_id = reports.report_id
order by
    suspects.report_id,
    suspects.set_number,
    suspects.is_certain desc,
    suspects.line_number,
    suspects.column_number
"""  # noqa: S608 - own query

# A seed that could not be loaded leaves the rows of an earlier one, of which nothing is to be said.
_MISFITTING_CORRECTIONS = """
select corrections.explanation
from intermediate.int_cell_corrections as corrections
inner join build.built_tables as built
    on built.schema_name = 'reference' and built.table_name = 'cell_corrections'
where
    not corrections.is_applied
    and built.project_fingerprint is not null
    and (not ? or corrections.report_id in (select report_id from raw.reports))
order by corrections.seed_line_number
"""

_UNBUILT = """
select reports.file_name
from raw.reports as reports
left join build.built_reports as built
    on reports.report_id = built.report_id and reports.loaded_at = built.loaded_at
where built.project_fingerprint is null
order by reports.file_name
"""

# What only an audit on request makes is no part of a build.
_UNMADE = """
select built.schema_name || '.' || built.table_name
from build.built_tables as built
where
    built.project_fingerprint is null
    and (
        (built.schema_name, built.table_name) in (select (schema_name, table_name) from build.readers_tables)
        or built.schema_name || '.' || built.table_name in (select unnest(?))
    )
order by all
"""


@dataclass(frozen=True, slots=True)
class FailedRule:
    """A rule that does not hold in a report."""

    rule_code: str
    checks: int
    """How many of its checks fail."""
    is_incomplete: bool
    """Whether they all lack something to compare, so that they follow from a row that is missing or not known."""
    explanations: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Suspect:
    """A printed figure that, alone or with others of its set, explains what does not hold."""

    set_number: int
    cells_in_set: int
    sets: int
    line_number: int
    column_number: int
    row_label: str
    headings: list[str]
    figures: list[str]
    lower: int
    upper: int
    is_star: bool
    """Whether a star is proposed: the rules leave only numbers below the threshold, which the report does not print."""

    is_only_explanation: bool
    """Whether nothing else explains the report as well; false where the search for others was given up."""
    is_certain: bool = False
    """Whether nothing that explains the report with as few figures does without this one."""
    place_in_file: str = ""
    """Where the person finds it: line of a text, sheet and row, or page and line; the line number where it is empty."""

    @property
    def printed(self) -> str:
        """The figure as printed."""
        return self.figures[self.column_number - 1].strip()

    @property
    def place(self) -> str:
        """The column in words: column 2 (Januar)."""
        return f"column {self.column_number} ({self.headings[self.column_number - 1].strip()})"

    @property
    def proposal(self) -> str | None:
        """What must be printed there for every rule to hold, if that is one figure."""
        if self.is_star:
            return "*"
        return str(self.lower) if self.lower == self.upper else None

    @property
    def is_unique(self) -> bool:
        """Whether nothing else explains the report as well, and one figure only is possible here."""
        return self.is_only_explanation and self.proposal is not None


@dataclass(frozen=True, slots=True)
class FailedReport:
    """A report in which a rule does not hold; the causes stand first among its rules."""

    report_id: str
    file_name: str
    rules: tuple[FailedRule, ...]
    suspects: tuple[Suspect, ...]
    is_given_up: bool
    """Whether the search for figures that explain it took too many steps to be finished."""
    changes: tuple[str, ...] = ()
    """What simple changes of whole rows or tables would explain it, as sentences that name file and lines."""

    @property
    def checks(self) -> int:
        """How many checks fail."""
        return sum(rule.checks for rule in self.rules)

    @property
    def illegible(self) -> tuple[str, ...]:
        """What is said of each figure of a scan that nobody has settled."""
        return next((rule.explanations for rule in self.rules if rule.rule_code == LEGIBLE), ())

    @property
    def causes(self) -> tuple[FailedRule, ...]:
        """The rules on rows, labels and months that fail: what sums say follows from them."""
        return tuple(rule for rule in self.rules if rule.rule_code in CAUSES)


@dataclass(frozen=True, slots=True)
class Failures:
    """What keeps a build from being published: the first of these that there is explains the others."""

    misfitting_corrections: tuple[str, ...]
    unbuilt_reports: tuple[str, ...]
    unmade_tables: tuple[str, ...]
    reports: tuple[FailedReport, ...]

    @property
    def is_unfinished(self) -> bool:
        """Whether the last build ended before all was made, so that the audit may describe an earlier one."""
        return bool(self.unbuilt_reports or self.unmade_tables)


def read_failures(path: Path, *, is_part: bool = False) -> Failures:
    """Return what is wrong in the build database at `path`. Raises DatabaseError if it is no build.

    In a part of many reports, a correction may be of a report of another part.
    """
    if not path.is_file():
        raise DatabaseError(str(path), Problem("no such file", "a build", "run `make build`"))
    with database.connect(path, read_only=True) as build:
        try:
            # They stop the build before it makes the tables of the audit.
            if misfitting := misfitting_corrections(build, is_part=is_part):
                return Failures(misfitting, (), (), ())
            require_tables(build, path, _NEEDED)
            return Failures(
                (), _names(build, _UNBUILT), _names(build, _UNMADE, [list(_NEEDED)]), _failed_reports(build)
            )
        except duckdb.Error as error:
            raise database.explained(error, path) from error


def require_tables(build: duckdb.DuckDBPyConnection, path: Path, needed: set[str]) -> None:
    """Raise DatabaseError unless the build database at `path` has the tables or views that are needed."""
    listed = build.execute(
        "select schema_name || '.' || table_name from duckdb_tables() "
        "union all select schema_name || '.' || view_name from duckdb_views()"
    ).fetchall()
    if missing := needed - {name for (name,) in listed}:
        found = f"no table {', '.join(sorted(missing))}"
        raise DatabaseError(str(path), Problem(found, "a whole build", "run `make build`"))


def misfitting_corrections(build: duckdb.DuckDBPyConnection, *, is_part: bool) -> tuple[str, ...]:
    """Return what is wrong with each correction that is not applied; in a part, only with those of its own reports."""
    try:
        return _names(build, _MISFITTING_CORRECTIONS, [is_part])
    except duckdb.CatalogException:  # a build that stopped before it looked at the corrections
        return ()


def _names(
    build: duckdb.DuckDBPyConnection, query: str, parameters: list[list[str]] | list[bool] | None = None
) -> tuple[str, ...]:
    return tuple(name for (name,) in build.execute(query, parameters).fetchall())


def _failed_reports(build: duckdb.DuckDBPyConnection) -> tuple[FailedReport, ...]:
    rules: dict[str, list[FailedRule]] = {}
    for report_id, rule_code, checks, is_incomplete, explanations in build.execute(_FAILED_CHECKS).fetchall():
        rules.setdefault(report_id, []).append(FailedRule(rule_code, checks, is_incomplete, tuple(explanations)))
    suspects: dict[str, list[Suspect]] = {}
    for report_id, *suspect in build.execute(_SUSPECTS).fetchall():
        suspects.setdefault(report_id, []).append(Suspect(*suspect))
    changes: dict[str, list[str]] = {}
    for report_id, explanation in build.execute(_CHANGES).fetchall():
        changes.setdefault(report_id, []).append(explanation)
    given_up = set(_names(build, _GIVEN_UP))
    files = build.execute("select report_id, file_name from raw.reports order by period_end, file_name").fetchall()
    return tuple(
        FailedReport(
            report_id,
            file_name,
            tuple(sorted(rules[report_id], key=_order)),
            tuple(suspects.get(report_id, [])),
            report_id in given_up,
            tuple(changes.get(report_id, [])),
        )
        for report_id, file_name in files
        if report_id in rules
    )


def _order(rule: FailedRule) -> tuple[int, int, str]:
    kinds = (*CAUSES, "", *_CONSEQUENCES)
    kind = kinds.index(rule.rule_code) if rule.rule_code in kinds else len(CAUSES)
    follows = rule.is_incomplete and rule.rule_code not in (*CAUSES, LEGIBLE)
    return (len(kinds) if follows else kind, -rule.checks, rule.rule_code)
