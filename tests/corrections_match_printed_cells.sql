with

int_cell_corrections as (

    select * from {{ ref('int_cell_corrections') }}

)

select * from int_cell_corrections
where not is_applied
