with

int_printed_cells as (

    select * from {{ ref('int_printed_cells') }}
    {{ where_in_work('report_id') }}

),

observations as (

    select
        report_id,
        participant_group_code,
        measure_code,
        breakdown,
        category_code,
        period_kind::varchar as period_kind,
        month,
        value,
        value_lower,
        value_upper,
        is_suppressed,
        line_number,
        column_number,
        is_corrected
    from int_printed_cells
    where is_first_print and period_kind is not null

)

select * from observations
