{{ config(materialized='view') }}

with

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
        {{ report_key('cells') }} as report_key,
        {{ cell_key('cells.row_key', 'cells.column_number') }} as cell_key,
        printed.table_number,
        cells.line_number,
        cells.column_number,
        cells.period_kind = 'average' as is_average,
        printed.is_total_row,
        printed.table_breakdown as breakdown,
        case
            when printed.is_total_row then 'all'
            when printed.table_breakdown = 'none' then printed.measure_code
            else printed.category_code
        end as category_code,
        cells.value_lower as cell_lower,
        cells.value_upper as cell_upper
    from int_printed_cells as cells
    inner join int_printed_rows as printed on cells.row_key = printed.row_key
    where cells.period_kind is not null

)

select * from places
