with

stg_nav__cells as (

    select * from {{ ref('stg_nav__cells') }}
    {{ where_in_work('report_id') }}

),

distinct_labels as (

    select distinct
        row_label,
        row_number = 1 as is_total_row
    from stg_nav__cells
    where column_number = 1

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
