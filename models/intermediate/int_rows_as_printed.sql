{{ config(materialized='view') }}

with

stg_nav__cells as (

    select * from {{ ref('stg_nav__cells') }}
    {{ where_in_scope('report_id') }}

),

-- Every row has a figure in the first column; the first row of a table is the total of what the table is about.
rows_of_tables as (

    select
        report_id,
        line_number,
        page_number,
        table_number,
        row_number,
        row_label,
        row_number = 1 as is_total_row,
        regexp_matches(row_label, '^\s*[0-9]{4}\s+[^0-9\s]') as is_municipality
    from stg_nav__cells
    where column_number = 1

)

select * from rows_of_tables
