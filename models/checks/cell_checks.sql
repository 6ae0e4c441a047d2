with

stg_nav__reports as (

    select * from {{ ref('stg_nav__reports') }}
    {{ where_in_scope('report_id') }}

),

stg_nav__cells as (

    select * from {{ ref('stg_nav__cells') }}
    {{ where_in_scope('report_id') }}

),

int_observations as (

    select * from {{ ref('int_observations') }}
    {{ where_in_scope('report_id') }}

),

int_printed_rows as (

    select * from {{ ref('int_printed_rows') }}
    {{ where_in_scope('report_id') }}

),

int_printed_cells as (

    select * from {{ ref('int_printed_cells') }}
    {{ where_in_scope('report_id') }}

),

places as (

    select
        report_id,
        line_number,
        column_number,
        true as is_printed
    from stg_nav__cells
    union all
    select
        report_id,
        line_number,
        column_number,
        false as is_printed
    from int_observations
    union all
    select
        cells.report_id,
        cells.line_number,
        cells.column_number,
        false as is_printed
    from int_printed_cells as cells
    inner join int_printed_rows as printed on cells.row_key = printed.row_key
    where printed.row_role in ('copy_of_total', 'set_aside')

),

compared as (

    select
        report_id,
        count(*) filter (is_printed) as cell_count,
        count(*) filter (not is_printed) as accounted_count,
        bit_xor(hash(line_number, column_number)) filter (is_printed) as printed_places,
        bit_xor(hash(line_number, column_number)) filter (not is_printed) as accounted_places
    from places
    group by report_id

),

reports_in_doubt as (

    select report_id from compared
    where cell_count <> accounted_count or printed_places <> accounted_places

),

-- Only where the places are not the same they are matched one by one, so that a cell that was lost on the way, and an
-- observation that stands nowhere in the report or beside another one of its cell, are each found.
failing_places as (

    select
        report_id,
        line_number,
        count(*) filter (is_printed) - count(*) filter (not is_printed) as cells_too_many
    from places
    where report_id in (select reports_in_doubt.report_id from reports_in_doubt)
    group by report_id, line_number, column_number
    having cells_too_many <> 0

),

failures as (

    select
        report_id,
        sum(greatest(cells_too_many, 0)) as lost_count,
        sum(greatest(-cells_too_many, 0)) as invented_count,
        list_sort(list_distinct(list(line_number))) as line_numbers
    from failing_places
    group by report_id

),

judged as (

    select
        reports.report_id,
        'cells_are_accounted_for' as rule_code,
        null as participant_group_code,
        null as measure_code,
        null as breakdown,
        null as period_kind,
        null as month,
        coalesce(compared.cell_count, 0) as total_lower,
        coalesce(compared.cell_count, 0) as total_upper,
        coalesce(compared.accounted_count, 0) as parts_lower,
        coalesce(compared.accounted_count, 0) as parts_upper,
        case
            when coalesce(compared.cell_count, 0) = 0 then 'missing'
            when failures.report_id is not null then 'violated'
            else 'proven'
        end as verdict,
        coalesce(failures.line_numbers, []) as line_numbers,
        failures.lost_count || ' printed cells are neither an observation nor a copy of a total, '
        || failures.invented_count || ' observations stand nowhere in the report or are one too many; lines '
        || array_to_string(failures.line_numbers, ', ') as explanation
    from stg_nav__reports as reports
    left join compared on reports.report_id = compared.report_id
    left join failures on reports.report_id = failures.report_id

)

select * from judged
