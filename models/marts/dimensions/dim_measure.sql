with

measures as (

    select * from {{ ref('measures') }}

),

measures_described as (

    select
        measure_code,
        measure_name,
        measure_name_en,
        family_code,
        arena_code,
        is_total,
        sort_order
    from measures

)

select * from measures_described
