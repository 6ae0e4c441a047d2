"""Read what the site shows from the tables that readers may open, and from no others."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from itertools import groupby

import duckdb

from publishers.site.statistics import (
    BREAKDOWNS,
    AgeGroup,
    Break,
    Category,
    County,
    Edition,
    Figure,
    Measure,
    PrintedTable,
    PrintedTotal,
    Renaming,
    Revision,
    Row,
    RuleCount,
    Series,
    Statistics,
    line_address,
)
from publishers.site.texts import Text, translated
from publishers.site.wording import spaced

_TOTALS = """
select
    measure_code, measure_name, measure_name_en, family_code, participants.family_name, participants.family_name_en,
    measure_code, measure_name, measure_name_en,
    month, participants, participants_upper, participants_text, status, comparable_series, report_id, line_number
from main.participants
inner join reference.measure_families using (family_code)
order by measure_families.table_code, measure_sort_order, measure_code, month
"""

_BROKEN_DOWN = """
select
    measure_code, measure_name, measure_name_en, family_code, family_name, family_name_en,
    {thing}_code, {thing}_name, {thing}_name_en,
    month, participants, participants_upper, participants_text, status, comparable_series, report_id, line_number
from main.participants_by_{thing}
order by measure_code, {thing}_sort_order, {thing}_code, month
"""

_EDITIONS = """
select
    reports.report_id, report_name, report_name_en,
    family_name, family_name_en,
    period_start, period_end, issue_number, superseded_by_report_id, publisher, licence, source_url,
    suppression_threshold, reports.file_name, sha256, proofs.* exclude (report_id, file_name)
from main.reports
left join audit.report_proofs as proofs using (report_id)
order by period_end, sort_order, report_id
"""

_RULES = """
select
    report_id, claim,
    count(*) filter (where verdict = 'proven'), count(*) filter (where verdict = 'possible')
from audit.reconciliation_checks
inner join reference.rules using (rule_code)
group by report_id, rule_code, claim
order by report_id, rule_code
"""

# The total of all measures would give away a star beside it.
_PRINTED_TOTALS = """
with figures as (
    select observations.*, bool_or(is_suppressed) over (partition by report_id) as has_star
    from intermediate.int_observations as observations
    inner join raw.reports using (report_id)
    where breakdown = 'none' and month = period_end
)
select
    report_id, measures.measure_name, measures.measure_name_en,
    participant_groups.participant_group_name, participant_groups.participant_group_name_en,
    value, value_lower, value_upper, coalesce(line_numbers, [line_number])
from figures
left join (from audit.reconciliation_checks where rule_code = 'totals_agree') as copies
    using (report_id, participant_group_code, measure_code, month)
left join marts.dim_measure as measures
    on figures.measure_code = measures.measure_code and measures.measure_code <> 'all'
left join marts.dim_participant_group as participant_groups
    on
        figures.participant_group_code = participant_groups.participant_group_code
        and participant_groups.participant_group_code <> 'all'
where case when figures.measure_code = 'all' then not has_star else figures.participant_group_code = 'all' end
order by report_id, line_number
"""

_REVISIONS = """
select
    revisions.report_id, month,
    coalesce(measures.measure_name, groups.main_group_name, revisions.measure_code),
    coalesce(measures.measure_name_en, groups.main_group_name_en, revisions.measure_code),
    participant_groups.participant_group_code,
    participant_groups.participant_group_name, participant_groups.participant_group_name_en,
    revisions.breakdown, categories.category_name, categories.category_name_en,
    old_participants, old_participants_lower, old_participants_upper, previous_report_id, old_line_number,
    new_participants, new_participants_lower, new_participants_upper, new_line_number
from audit.revisions
left join marts.dim_measure as measures using (measure_code)
left join marts.dim_main_group as groups on revisions.measure_code = groups.main_group_code
left join marts.dim_participant_group as participant_groups using (participant_group_code)
left join marts.dim_category as categories using (breakdown, category_code)
order by
    revisions.report_id, month, revisions.breakdown, measures.sort_order, revisions.measure_code,
    participant_groups.sort_order, categories.sort_order, revisions.category_code
"""

_BREAKS = """
select
    break_month, breaks.breakdown, breaks.category_code, breaks.measure_code, breaks.participant_group_code,
    [category_name, measure_name, participant_group_name],
    [category_name_en, measure_name_en, participant_group_name_en],
    reason, source
from reference.series_breaks as breaks
left join marts.dim_category using (breakdown, category_code)
left join marts.dim_measure using (measure_code)
left join marts.dim_participant_group using (participant_group_code)
order by all
"""

_RENAMINGS = """
select relations.valid_date, old.measure_name, old.measure_name_en, new.measure_name, new.measure_name_en
from marts.measure_relations as relations
inner join marts.dim_measure as old on relations.from_measure_code = old.measure_code
inner join marts.dim_measure as new on relations.to_measure_code = new.measure_code
where relations.relation = 'renamed' and new.family_code in (select family_code from main.reports)
order by all
"""

# Texts of a line are parted by SEPARATOR.
_PRINTED_LINES = """
select
    report_id, any_value(table_number) as table_number, line_number, any_value(row_label),
    string_agg(value_text, chr(31) order by column_number)
from raw.cells
group by report_id, line_number
order by report_id, table_number, line_number
"""

# What a table is about follows from its rows that are broken down, else from the participant group of them all.
_PRINTED_TABLES = """
with headers as (
    select
        report_id, table_number, any_value(page_number) as page_number,
        string_agg(column_label, chr(31) order by column_number) as column_labels
    from raw.cells
    where row_number = 1
    group by report_id, table_number
),
table_lines as (
    select distinct report_id, table_number, line_number
    from raw.cells
    where column_number = 1
),
subjects as (
    select
        report_id, table_number,
        max(measure_code) filter (where breakdown <> 'none') as measure_code,
        max(breakdown) filter (where breakdown <> 'none') as breakdown,
        max(participant_group_code) filter (where breakdown = 'none') as group_code
    from table_lines
    inner join intermediate.int_observations using (report_id, line_number)
    where column_number = 1
    group by report_id, table_number
)
select
    report_id, table_number, page_number, column_labels,
    measure_name, measure_name_en, breakdown_name, breakdown_name_en,
    participant_group_name, participant_group_name_en
from headers
left join subjects using (report_id, table_number)
left join marts.dim_measure using (measure_code)
left join reference.breakdowns using (breakdown)
left join marts.dim_participant_group as participant_groups
    on subjects.breakdown is null and subjects.group_code = participant_groups.participant_group_code
"""


def read_statistics(tables: duckdb.DuckDBPyConnection) -> Statistics:
    """Return all that pages show apart from printed lines. Raises duckdb.Error where a table is missing."""
    totals = {series.measure.code: series for series in _series(tables, _TOTALS)}
    broken_down: dict[str, dict[str, tuple[Series, ...]]] = {}
    for breakdown in BREAKDOWNS:
        by_measure: dict[str, list[Series]] = defaultdict(list)
        for series in _series(tables, _BROKEN_DOWN.format(thing=breakdown)):
            by_measure[series.measure.code].append(series)
        broken_down[breakdown] = {code: tuple(all_series) for code, all_series in by_measure.items()}
    latest = "select family_code, max(month) from main.participants where is_latest_month group by family_code"
    return Statistics(
        months=_months(tables),
        totals=totals,
        broken_down=broken_down,
        latest_months=dict(tables.execute(latest).fetchall()),
        counties=_counties(tables),
        age_groups=_age_groups(tables),
        breaks=_breaks(tables),
        renamings=_renamings(tables),
        editions=_editions(tables),
        rules=_rules(tables),
        printed_totals=_printed_totals(tables),
        revisions=_revisions(tables),
    )


def printed_tables(tables: duckdb.DuckDBPyConnection) -> Iterator[tuple[str, list[PrintedTable]]]:
    """Yield each report's id and its tables as printed, in the order of ids. Raises duckdb.Error."""
    headers = {(row[0], row[1]): row[2:] for row in tables.execute(_PRINTED_TABLES).fetchall()}
    lines = tables.execute(_PRINTED_LINES).fetchall()
    for report_id, of_report in groupby(lines, key=lambda line: line[0]):
        printed = []
        for number, of_table in groupby(of_report, key=lambda line: line[1]):
            page_number, column_labels, *names = headers[report_id, number]
            subject = tuple(Text(nb, en) for nb, en in zip(names[::2], names[1::2], strict=True) if nb and en)
            rows = tuple(Row(line_number, label, values) for _, _, line_number, label, values in of_table)
            printed.append(PrintedTable(number, page_number, subject, column_labels, rows))
        yield report_id, printed


def _series(tables: duckdb.DuckDBPyConnection, query: str) -> Iterator[Series]:
    """Yield the series of a query, whose rows stand in the order of measures, categories and months."""
    rows = tables.execute(query).fetchall()
    for key, group in groupby(rows, key=lambda row: row[:9]):
        code, name, name_en, family_code, family, family_en, category_code, category, category_en = key
        figures = tuple(
            Figure(month, value, upper or 0, text, status == "suppressed", comparable, report_id, line)
            for month, value, upper, text, status, comparable, report_id, line in (row[9:] for row in group)
        )
        measure = Measure(code, Text(name, name_en), family_code, Text(family, family_en))
        yield Series(measure, Category(category_code, Text(category, category_en)), figures)


def _months(tables: duckdb.DuckDBPyConnection) -> dict[int, Text]:
    rows = tables.execute("select month_number, month_name, month_name_en from reference.months").fetchall()
    # A month's name begins with a small letter within a Norwegian sentence.
    return {number: Text(name.lower(), name_en) for number, name, name_en in rows}


def _counties(tables: duckdb.DuckDBPyConnection) -> dict[str, County]:
    rows = tables.execute(
        "select distinct county_code, county_name, county_name_en, is_current, county_sort_order "
        "from main.participants_by_county order by county_sort_order, county_code"
    ).fetchall()
    return {code: County(Category(code, Text(name, name_en)), current) for code, name, name_en, current, _ in rows}


def _age_groups(tables: duckdb.DuckDBPyConnection) -> dict[str, AgeGroup]:
    rows = tables.execute("select age_group_code, years_in_band, is_open_ended from marts.dim_age_group").fetchall()
    return {code: AgeGroup(years or 0, is_open) for code, years, is_open in rows}


def _breaks(tables: duckdb.DuckDBPyConnection) -> tuple[Break, ...]:
    rows = tables.execute(_BREAKS).fetchall()
    breaks = []
    for month, breakdown, category, measure, group, names, names_en, reason, source in rows:
        concerned = tuple(Text(name, name_en) for name, name_en in zip(names, names_en, strict=True) if name)
        breaks.append(Break(month, breakdown, category, measure, group, concerned, translated(reason), source))
    return tuple(breaks)


def _renamings(tables: duckdb.DuckDBPyConnection) -> tuple[Renaming, ...]:
    rows = tables.execute(_RENAMINGS).fetchall()
    return tuple(Renaming(month, Text(old, old_en), Text(new, new_en)) for month, old, old_en, new, new_en in rows)


def _editions(tables: duckdb.DuckDBPyConnection) -> tuple[Edition, ...]:
    rows = tables.execute(_EDITIONS)
    columns = [column[0] for column in rows.description]
    proof_columns = columns[columns.index("sha256") + 1 :]
    editions = []
    for values in rows.fetchall():
        row = dict(zip(columns, values, strict=True))
        editions.append(
            Edition(
                report_id=row["report_id"],
                name=Text(row["report_name"], row["report_name_en"]),
                family_name=Text(row["family_name"] or "", row["family_name_en"] or ""),
                period_start=row["period_start"],
                period_end=row["period_end"],
                issue_number=row["issue_number"],
                superseded_by=row["superseded_by_report_id"],
                publisher=row["publisher"],
                licence=row["licence"],
                source_url=row["source_url"],
                threshold=row["suppression_threshold"],
                file_name=row["file_name"],
                sha256=row["sha256"],
                proof=tuple((column, row[column]) for column in proof_columns if row[column] is not None),
            )
        )
    return tuple(editions)


def _rules(tables: duckdb.DuckDBPyConnection) -> dict[str, tuple[RuleCount, ...]]:
    counts: dict[str, list[RuleCount]] = defaultdict(list)
    for report_id, claim, proven, possible in tables.execute(_RULES).fetchall():
        counts[report_id].append(RuleCount(translated(claim), proven, possible))
    return {report_id: tuple(of_report) for report_id, of_report in counts.items()}


def _printed_totals(tables: duckdb.DuckDBPyConnection) -> dict[str, tuple[PrintedTotal, ...]]:
    totals: dict[str, list[PrintedTotal]] = defaultdict(list)
    for report_id, measure, measure_en, group, group_en, *bounds, lines in tables.execute(_PRINTED_TOTALS).fetchall():
        totals[report_id].append(
            PrintedTotal(
                Text(measure, measure_en) if measure else None,
                Text(group, group_en) if group else None,
                _shown(*bounds),
                report_id,
                tuple(lines),
            )
        )
    return {report_id: tuple(of_report) for report_id, of_report in totals.items()}


def _revisions(tables: duckdb.DuckDBPyConnection) -> dict[str, tuple[Revision, ...]]:
    revisions: dict[str, list[Revision]] = defaultdict(list)
    for row in tables.execute(_REVISIONS).fetchall():
        report_id, month, measure, measure_en, group_code, group, group_en, breakdown, category, category_en = row[:10]
        what = [Text(measure, measure_en)]
        if group_code != "all":
            what.append(Text(group, group_en))
        if breakdown != "none":
            what.append(Text(category, category_en))
        old, old_lower, old_upper, old_report, old_line, new, new_lower, new_upper, new_line = row[10:]
        revisions[report_id].append(
            Revision(
                month,
                tuple(what),
                _shown(old, old_lower, old_upper),
                _address(old_report, old_line),
                _shown(new, new_lower, new_upper),
                _address(report_id, new_line),
            )
        )
    return {report_id: tuple(of_report) for report_id, of_report in revisions.items()}


def _address(report_id: str, line_number: int | None) -> str | None:
    return None if line_number is None else line_address(report_id, line_number)


def _shown(value: int | None, lower: int | None, upper: int | None) -> str:
    """Return a figure as the readers' tables print it; a dash where one of the editions has none."""
    if value is not None:
        return spaced(value)
    return "–" if lower is None or upper is None else f"{lower}–{upper}"
