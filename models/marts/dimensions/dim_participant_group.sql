with

participant_groups as (

    select * from {{ ref('participant_groups') }}

),

participant_groups_described as (

    select
        participant_group_code,
        participant_group_name,
        participant_group_name_en,
        is_total,
        sort_order
    from participant_groups

)

select * from participant_groups_described
