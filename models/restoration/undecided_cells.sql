{{ config(materialized='view') }}

with

int_printed_cells as (

    select * from {{ ref('int_printed_cells') }}
    {{ where_in_scope('report_id') }}

),

int_reports as (

    select * from {{ ref('int_reports') }}
    {{ where_in_scope('report_id') }}

),

stg_nav__cells as (

    select * from {{ ref('stg_nav__cells') }}
    {{ where_in_scope('report_id') }}

),

-- What a person has decided, be it that nobody can read it, is not for the rules to decide again.
with_readings as (

    select
        {{ report_key('cells') }} as report_key,
        {{ cell_key('cells.row_key', 'cells.column_number') }} as cell_key,
        cells.report_id,
        cells.line_number,
        cells.column_number,
        staged.readings,
        reports.suppression_threshold
    from int_printed_cells as cells
    inner join int_reports as reports on cells.report_id = reports.report_id
    inner join stg_nav__cells as staged
        on
        cells.report_id = staged.report_id
        and cells.line_number = staged.line_number
        and cells.column_number = staged.column_number
    where cells.is_illegible and not cells.is_corrected

)

select * from with_readings
