with

int_observations as (

    select * from {{ ref('int_observations') }}

),

int_reports as (

    select * from {{ ref('int_reports') }}

),

months_of_editions as (

    select distinct
        int_reports.family_code,
        int_reports.report_id,
        int_reports.edition_month,
        int_reports.loaded_at,
        int_observations.month
    from int_observations
    inner join int_reports on int_observations.report_id = int_reports.report_id
    where int_observations.period_kind = 'month'

),

-- A month is taken whole from one edition: rows of two editions side by side would count people twice.
newest_edition_of_month as (

    select
        month,
        report_id
    from months_of_editions
    qualify
        row_number() over (
            partition by family_code, month order by edition_month desc, loaded_at desc, report_id desc
        ) = 1

),

newest_figures as (

    select
        int_observations.report_id,
        int_observations.participant_group_code,
        int_observations.measure_code,
        int_observations.breakdown,
        int_observations.category_code,
        int_observations.month,
        int_observations.value as participants,
        int_observations.value_lower as participants_lower,
        int_observations.value_upper as participants_upper,
        int_observations.is_suppressed,
        int_observations.is_corrected
    from int_observations
    inner join newest_edition_of_month
        on
        int_observations.report_id = newest_edition_of_month.report_id
        and int_observations.month = newest_edition_of_month.month
    where int_observations.period_kind = 'month'

)

select * from newest_figures
