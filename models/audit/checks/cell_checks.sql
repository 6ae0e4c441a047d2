with

stg_nav__reports as (

    select * from {{ ref('stg_nav__reports') }}
    {{ where_in_work('report_id') }}

),

stg_nav__cells as (

    select * from {{ ref('stg_nav__cells') }}
    {{ where_in_work('report_id') }}

),

int_observations as (

    select * from {{ ref('int_observations') }}
    {{ where_in_work('report_id') }}

),

int_printed_rows as (

    select * from {{ ref('int_printed_rows') }}
    {{ where_in_work('report_id') }}

),

-- Both sides are matched by place in the report, so that a cell that was lost on the way, and an observation that
-- stands nowhere in the report, are each found.
matched as (

    select
        coalesce(cells.report_id, observations.report_id) as report_id,
        coalesce(cells.line_number, observations.line_number) as line_number,
        cells.report_id is not null as is_printed,
        observations.report_id is not null as is_observation,
        coalesce(printed.row_role = 'copy_of_total', false) as is_copy_of_total
    from stg_nav__cells as cells
    left join int_printed_rows as printed
        on cells.report_id = printed.report_id and cells.line_number = printed.line_number
    full outer join int_observations as observations
        on
        cells.report_id = observations.report_id
        and cells.line_number = observations.line_number
        and cells.column_number = observations.column_number

),

counts as (

    select
        stg_nav__reports.report_id,
        count(*) filter (matched.is_printed) as cell_count,
        count(*) filter (matched.is_observation or matched.is_copy_of_total) as accounted_count,
        count(*) filter (matched.is_printed and not matched.is_observation and not matched.is_copy_of_total)
            as lost_count,
        count(*) filter (matched.is_observation and not matched.is_printed) as invented_count,
        list_sort(list_distinct(list(matched.line_number) filter (
            not matched.is_printed or not (matched.is_observation or matched.is_copy_of_total)
        ))) as failing_line_numbers
    from stg_nav__reports
    left join matched on stg_nav__reports.report_id = matched.report_id
    group by stg_nav__reports.report_id

),

judged as (

    select
        report_id,
        'cells_are_accounted_for' as rule_code,
        null as participant_group_code,
        null as measure_code,
        null as breakdown,
        null as period_kind,
        null as month,
        cell_count as total_lower,
        cell_count as total_upper,
        accounted_count as parts_lower,
        accounted_count as parts_upper,
        case
            when cell_count = 0 then 'missing'
            when lost_count > 0 or invented_count > 0 then 'violated'
            else 'proven'
        end as verdict,
        coalesce(failing_line_numbers, []) as line_numbers,
        lost_count || ' printed cells are neither an observation nor a copy of a total, '
        || invented_count || ' observations stand nowhere in the report; lines '
        || array_to_string(failing_line_numbers, ', ') as explanation
    from counts

)

select * from judged
