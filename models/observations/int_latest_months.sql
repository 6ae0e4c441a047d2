{{ config(materialized='view') }}

with

int_printed_months as (

    select * from {{ ref('int_printed_months') }}

),

latest_months as (

    select
        family_code,
        max(month) as month
    from int_printed_months
    group by family_code

)

select * from latest_months
