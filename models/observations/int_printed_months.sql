{{ config(unique_key='month') }}

with

int_observations as (

    select * from {{ ref('int_observations') }}
    {{ where_in_scope('month') }}

),

int_reports as (

    select * from {{ ref('int_reports') }}

),

months_of_reports as (

    select distinct
        report_id,
        month
    from int_observations
    where period_kind = 'month'

),

-- A re-issue has the period of the edition that it replaces: the last issue counts.
in_order as (

    select
        months_of_reports.report_id,
        months_of_reports.month,
        int_reports.family_code,
        int_reports.holds_main_groups,
        lag(months_of_reports.report_id) over editions as previous_report_id,
        lead(months_of_reports.report_id) over editions is null as is_newest
    from months_of_reports
    inner join int_reports on months_of_reports.report_id = int_reports.report_id
    window
        editions as (
            partition by int_reports.family_code, months_of_reports.month
            order by int_reports.edition_month, int_reports.issue_number, int_reports.report_id
        )

)

select * from in_order
