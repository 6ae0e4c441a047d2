with

main_groups as (

    select * from {{ ref('main_groups') }}

),

main_groups_described as (

    select
        main_group_code,
        main_group_name,
        main_group_name_en,
        sort_order
    from main_groups

)

select * from main_groups_described
