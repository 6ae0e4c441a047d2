{{ config(materialized='view') }}

with

int_reports as (

    select * from {{ ref('int_reports') }}
    {{ where_in_scope('report_id') }}

),

measures as (

    select * from {{ ref('measures') }}

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
        int_reports.period_end,
        measures.measure_code
    from int_reports
    inner join measures on int_reports.family_code = measures.family_code

),

rows_by_measure as (

    select
        subjects.report_id,
        participant_groups.participant_group_code,
        subjects.measure_code,
        'none' as breakdown,
        'all' as category_code
    from (
        select
            report_id,
            measure_code
        from measures_of_report
        union all
        select
            report_id,
            'all'
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

-- An edition prints the breakdowns of its time, and the counties in force in its last month.
rows_by_category as (

    select
        measures_of_report.report_id,
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
    where {{ is_in_force('measures_of_report.period_end', 'counties.valid_from', 'counties.valid_to') }}

),

expected as (

    select
        expected_rows.*,
        optional_rows.category_code is not null as is_optional
    from (
        select * from rows_by_measure
        union all
        select * from rows_by_category
    ) as expected_rows
    left join optional_rows
        on
        expected_rows.breakdown = optional_rows.breakdown
        and if(expected_rows.breakdown = 'none', expected_rows.measure_code, expected_rows.category_code)
        = optional_rows.category_code

),

first_prints as (

    select * from int_printed_rows
    where row_role = 'observation'

),

with_lines as (

    select
        expected.*,
        printed.line_number,
        printed.row_key,
        printed.line_number is null and not expected.is_optional as is_missing
    from expected
    left join first_prints as printed on {{ series_key('expected') }} = printed.series_key

)

select * from with_lines
