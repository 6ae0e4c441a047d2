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

settled_cells as (

    select * from {{ ref('settled_cells') }}
    {{ where_in_scope('report_key') }}

),

restored_cells as (

    select
        cell_key,
        if(settled_lower = settled_upper, settled_lower, null) as value,
        settled_lower,
        settled_upper
    from settled_cells
    where state <> 'open'

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
        coalesce(cells.value, restored.value) as value,
        coalesce(restored.settled_lower, cells.value_lower) as value_lower,
        case
            when restored.cell_key is not null then restored.settled_upper
            when not cells.is_illegible then cells.value_upper
        end as value_upper,
        cells.is_suppressed or (restored.cell_key is not null and restored.value is null) as is_suppressed,
        cells.is_illegible and restored.cell_key is null as is_illegible,
        restored.cell_key is not null as is_restored,
        cells.line_number,
        cells.column_number,
        cells.is_corrected and not cells.is_illegible as is_corrected,
        printed.page_number
    from int_printed_cells as cells
    inner join int_printed_rows as printed on cells.row_key = printed.row_key
    left join restored_cells as restored
        on {{ cell_key('cells.row_key', 'cells.column_number') }} = restored.cell_key
    where printed.row_role = 'observation' and cells.period_kind is not null

)

select * from observations
