{{ config(materialized='view') }}

with

int_reports as (

    select * from {{ ref('int_reports') }}
    {{ where_in_scope('report_id') }}

),

int_measures as (

    select * from {{ ref('int_measures') }}

),

participant_groups as (

    select * from {{ ref('participant_groups') }}

),

breakdowns as (

    select * from {{ ref('breakdowns') }}

),

counties as (

    select * from {{ ref('counties') }}

),

int_known_labels as (

    select * from {{ ref('int_known_labels') }}

),

optional_rows as (

    select * from {{ ref('optional_rows') }}

),

int_printed_rows as (

    select * from {{ ref('int_printed_rows') }}
    {{ where_in_scope('report_id') }}

),

measures_of_report as (

    select
        int_reports.report_id,
        int_reports.family_code,
        int_reports.period_end,
        int_reports.file_format,
        measures.measure_code
    from int_reports
    inner join int_measures as measures on int_reports.family_code = measures.family_code

),

rows_by_measure as (

    select
        subjects.report_id,
        subjects.family_code,
        subjects.period_end,
        participant_groups.participant_group_code,
        subjects.measure_code,
        'none' as breakdown,
        'all' as category_code
    from (
        select * exclude (file_format) from measures_of_report
        union all
        select
            report_id,
            family_code,
            period_end,
            'all' as measure_code
        from int_reports
    ) as subjects
    cross join participant_groups

),

categories as (

    select distinct
        label_kind as breakdown,
        category_code
    from int_known_labels
    where label_kind not in ('measure', 'participant_group')

),

printed_breakdowns as (

    select distinct
        report_id,
        breakdown
    from int_printed_rows

),

-- An edition prints the breakdowns of its time, and the counties in force in its last month. Its workbook may leave out
-- whole breakdowns that the report has: NAV's hold measures by group and by county alone.
rows_by_category as (

    select
        measures_of_report.report_id,
        measures_of_report.family_code,
        measures_of_report.period_end,
        'all' as participant_group_code,
        measures_of_report.measure_code,
        categories.breakdown,
        categories.category_code
    from measures_of_report
    inner join breakdowns
        on {{ is_in_force('measures_of_report.period_end', 'breakdowns.printed_from', 'breakdowns.printed_to') }}
    inner join categories on breakdowns.breakdown = categories.breakdown
    left join counties
        on categories.breakdown = 'county' and categories.category_code = counties.county_code
    left join printed_breakdowns
        on
        measures_of_report.report_id = printed_breakdowns.report_id
        and categories.breakdown = printed_breakdowns.breakdown
    where
        {{ is_in_force('measures_of_report.period_end', 'counties.valid_from', 'counties.valid_to') }}
        and (measures_of_report.file_format <> 'excel' or printed_breakdowns.breakdown is not null)

),

expected as (

    select
        each_row.* exclude (family_code, period_end),
        each_row.measure_code <> 'all' and exists (
            select 1 from optional_rows
            where
                {{ code_concerns('optional_rows', 'each_row', 'family_code') }}
                and {{ code_concerns('optional_rows', 'each_row', 'measure_code') }}
                and {{ code_concerns('optional_rows', 'each_row', 'participant_group_code') }}
                and {{ code_concerns('optional_rows', 'each_row', 'breakdown') }}
                and {{ code_concerns('optional_rows', 'each_row', 'category_code') }}
                and {{ is_in_force('each_row.period_end', 'optional_rows.optional_from', 'optional_rows.optional_to') }}
        ) as may_be_left_out
    from (
        select * from rows_by_measure
        union all
        select * from rows_by_category
    ) as each_row

),

first_prints as (

    select * from int_printed_rows
    where row_role = 'observation'

),

with_lines as (

    select
        expected.*,
        printed.line_number,
        printed.row_key
    from expected
    left join first_prints as printed on {{ series_key('expected') }} = printed.series_key

),

-- A measure that has no row among all participants has no tables of its own either.
measures_left_out as (

    select
        report_id,
        measure_code
    from with_lines
    where
        may_be_left_out
        and participant_group_code = 'all'
        and breakdown = 'none'
        and line_number is null

),

judged as (

    select
        with_lines.* exclude (may_be_left_out),
        with_lines.may_be_left_out or left_out.measure_code is not null as is_optional,
        with_lines.line_number is null and not is_optional as is_missing
    from with_lines
    left join measures_left_out as left_out
        on with_lines.report_id = left_out.report_id and with_lines.measure_code = left_out.measure_code

)

select * from judged
