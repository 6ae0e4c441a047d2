with

int_observations as (

    select * from {{ ref('int_observations') }}
    {{ where_in_scope('report_id') }}

),

int_reports as (

    select * from {{ ref('int_reports') }}
    {{ where_in_scope('report_id') }}

),

figures_of_editions as (

    select
        observations.report_id,
        reports.edition_month,
        observations.month,
        observations.participant_group_code,
        observations.measure_code,
        observations.breakdown,
        observations.category_code,
        observations.value as participants,
        observations.value_lower as participants_lower,
        observations.value_upper as participants_upper,
        observations.is_suppressed,
        observations.is_illegible,
        observations.is_restored,
        observations.is_corrected
    from int_observations as observations
    inner join int_reports as reports on observations.report_id = reports.report_id
    where observations.period_kind = 'month' and not reports.holds_main_groups

)

select * from figures_of_editions
