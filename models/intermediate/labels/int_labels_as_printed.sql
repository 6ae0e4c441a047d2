{{ config(materialized='view') }}

with

int_rows_as_printed as (

    select * from {{ ref('int_rows_as_printed') }}

),

distinct_labels as (

    select distinct
        row_label,
        is_total_row
    from int_rows_as_printed

),

folded as (

    select
        row_label,
        is_total_row,
        {{ fold_label('row_label') }} as folded_label,
        regexp_replace(row_label, '[^0-9]', '', 'g') as digits,
        if(is_total_row, null, regexp_extract(row_label, '^\s*(\d\d)\s+\pL', 1)) as leading_code,
        {{ fold_label("regexp_replace(row_label, '^\\s*\\d\\d|\\s+-\\s.*$', '', 'g')") }} as folded_first_name
    from distinct_labels

)

select * from folded
