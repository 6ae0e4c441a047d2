with

int_observations as (

    select * from {{ ref('int_observations') }}
    {{ where_in_scope('report_id') }}

),

int_reports as (

    select * from {{ ref('int_reports') }}
    {{ where_in_scope('report_id') }}

),

printed_averages as (

    select
        report_id,
        participant_group_code,
        measure_code,
        breakdown,
        category_code,
        value as participants,
        value_lower as participants_lower,
        value_upper as participants_upper,
        is_suppressed,
        is_illegible,
        is_restored,
        is_corrected,
        page_number,
        line_number
    from int_observations
    where
        period_kind = 'average'
        and report_id not in (
            select reports.report_id from int_reports as reports
            where reports.holds_main_groups
        )

)

select * from printed_averages
