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

int_printed_cells as (

    select * from {{ ref('int_printed_cells') }}
    {{ where_in_work('report_id') }}

),

accounted_cells as (

    select
        report_id,
        line_number,
        column_number
    from int_observations
    union all
    select
        report_id,
        line_number,
        column_number
    from int_printed_cells
    where row_role = 'copy_of_total'

),

printed_places as (

    select
        report_id,
        count(*) as cell_count,
        bit_xor(hash(line_number, column_number)) as places
    from stg_nav__cells
    group by report_id

),

accounted_places as (

    select
        report_id,
        count(*) as cell_count,
        bit_xor(hash(line_number, column_number)) as places
    from accounted_cells
    group by report_id

),

compared as (

    select
        reports.report_id,
        coalesce(printed.cell_count, 0) as cell_count,
        coalesce(accounted.cell_count, 0) as accounted_count,
        (printed.cell_count, printed.places) is distinct from (accounted.cell_count, accounted.places) as is_in_doubt
    from stg_nav__reports as reports
    left join printed_places as printed on reports.report_id = printed.report_id
    left join accounted_places as accounted on reports.report_id = accounted.report_id

),

-- Only where the places are not the same they are matched one by one, so that a cell that was lost on the way, and an
-- observation that stands nowhere in the report, are each found.
failing_cells as (

    select
        coalesce(cells.report_id, accounted.report_id) as report_id,
        coalesce(cells.line_number, accounted.line_number) as line_number,
        cells.report_id is not null as is_printed
    from (
        select * from stg_nav__cells
        where report_id in (select report_id from compared where is_in_doubt)
    ) as cells
    full outer join (
        select * from accounted_cells
        where report_id in (select report_id from compared where is_in_doubt)
    ) as accounted
        on
        cells.report_id = accounted.report_id
        and cells.line_number = accounted.line_number
        and cells.column_number = accounted.column_number
    where cells.report_id is null or accounted.report_id is null

),

failures as (

    select
        report_id,
        count(*) filter (is_printed) as lost_count,
        count(*) filter (not is_printed) as invented_count,
        list_sort(list_distinct(list(line_number))) as line_numbers
    from failing_cells
    group by report_id

),

judged as (

    select
        compared.report_id,
        'cells_are_accounted_for' as rule_code,
        null as participant_group_code,
        null as measure_code,
        null as breakdown,
        null as period_kind,
        null as month,
        compared.cell_count as total_lower,
        compared.cell_count as total_upper,
        compared.accounted_count as parts_lower,
        compared.accounted_count as parts_upper,
        case
            when compared.cell_count = 0 then 'missing'
            when failures.report_id is not null then 'violated'
            else 'proven'
        end as verdict,
        coalesce(failures.line_numbers, []) as line_numbers,
        failures.lost_count || ' printed cells are neither an observation nor a copy of a total, '
        || failures.invented_count || ' observations stand nowhere in the report; lines '
        || array_to_string(failures.line_numbers, ', ') as explanation
    from compared
    left join failures on compared.report_id = failures.report_id

)

select * from judged
