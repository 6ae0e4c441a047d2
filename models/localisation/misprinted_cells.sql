with

int_printed_cells as (

    select * from {{ ref('int_printed_cells') }}
    {{ where_in_scope('report_id') }}

),

int_reports as (

    select * from {{ ref('int_reports') }}
    {{ where_in_scope('report_id') }}

),

misprinted as (

    select
        {{ report_key('cells') }} as report_key,
        {{ cell_key('cells.row_key', 'cells.column_number') }} as cell_key
    from int_printed_cells as cells
    inner join int_reports as reports on cells.report_id = reports.report_id
    where cells.value < reports.suppression_threshold or cells.leading_zero_text is not null

)

select * from misprinted
