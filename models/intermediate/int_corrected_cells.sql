{{ config(materialized='view') }}

with

stg_nav__cells as (

    select * from {{ ref('stg_nav__cells') }}
    {{ where_in_scope('report_id') }}

),

int_cell_corrections as (

    select * from {{ ref('int_cell_corrections') }}

),

-- A correction that does not fit its cell changes nothing here; the test `corrections_match_printed_cells` names it.
corrected as (

    select
        cells.*,
        corrections.corrected_text,
        coalesce(corrections.corrected_text, cells.value_text) as text_in_force,
        corrections.corrected_text is not null as is_corrected
    from stg_nav__cells as cells
    left join int_cell_corrections as corrections
        on
        corrections.is_applied
        and cells.report_id = corrections.report_id
        and cells.line_number = corrections.line_number
        and cells.column_number = corrections.column_number

)

select * from corrected
