{{ config(meta={'readers': true}) }}

with

int_printed_rows as (

    select * from {{ ref('int_printed_rows') }}
    {{ where_in_scope('report_id') }}

),

int_printed_cells as (

    select * from {{ ref('int_printed_cells') }}
    {{ where_in_scope('report_id') }}

),

observations as (

    select
        cells.report_id,
        printed.participant_group_code,
        printed.measure_code,
        printed.breakdown,
        printed.category_code,
        cells.period_kind::varchar as period_kind,
        cells.month,
        cells.value,
        cells.value_lower,
        cells.value_upper,
        cells.is_suppressed,
        cells.line_number,
        cells.column_number,
        cells.is_corrected,
        printed.page_number
    from int_printed_cells as cells
    inner join int_printed_rows as printed on cells.row_key = printed.row_key
    where printed.row_role = 'observation' and cells.period_kind is not null

)

select * from observations
