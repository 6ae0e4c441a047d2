{{ config(unique_key='month') }}

with

int_observations as (

    select * from {{ ref('int_observations') }}
    {{ where_in_scope('month') }}

),

int_printed_months as (

    select * from {{ ref('int_printed_months') }}
    {{ where_in_scope('month') }}

),

-- A month whose first edition this is has nothing to differ from, and neither has an average, which has no month.
newer_figures as (

    select
        figures.*,
        months.previous_report_id
    from int_observations as figures
    inner join int_printed_months as months on figures.report_id = months.report_id and figures.month = months.month
    where months.previous_report_id is not null

),

older_figures as (

    select
        figures.* replace (months.report_id as report_id),
        figures.report_id as previous_report_id
    from int_observations as figures
    inner join int_printed_months as months
        on figures.report_id = months.previous_report_id and figures.month = months.month

),

compared as (

    select
        month,
        report_id,
        previous_report_id,
        participant_group_code,
        measure_code,
        breakdown,
        category_code,
        older.value as old_participants,
        older.value_lower as old_participants_lower,
        older.value_upper as old_participants_upper,
        newer.value as new_participants,
        newer.value_lower as new_participants_lower,
        newer.value_upper as new_participants_upper,
        older.line_number as old_line_number,
        newer.line_number as new_line_number,
        case
            when older.line_number is null then 'row_appeared'
            when newer.line_number is null then 'row_vanished'
            when newer.is_illegible or older.is_illegible then null
            when newer.is_suppressed and not older.is_suppressed then 'newly_suppressed'
            when older.is_suppressed and not newer.is_suppressed then 'newly_printed'
            when newer.value <> older.value then 'revised'
        end as revision_kind
    from newer_figures as newer
    full join older_figures as older
        using (
            month, report_id, previous_report_id, participant_group_code, measure_code, breakdown, category_code
        )

),

-- Few figures are revised of many that are compared: a window over all of them would hold them all in memory.
counted as (

    select
        report_id,
        count(*)::integer as compared_figures,
        list(compared) filter (where revision_kind is not null) as revised_figures
    from compared
    group by report_id

),

revised as (

    select
        unnest(revised_figures, recursive := true),
        compared_figures
    from counted

)

select * from revised
