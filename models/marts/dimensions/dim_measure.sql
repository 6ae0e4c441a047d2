with

measures as (

    select * from {{ ref('measures') }}

),

measure_families as (

    select * from {{ ref('measure_families') }}

),

measures_described as (

    select
        measures.measure_code,
        measures.measure_name,
        measures.measure_name_en,
        measures.family_code,
        measure_families.family_name,
        measure_families.family_name_en,
        measures.arena_code,
        measures.is_total,
        measures.sort_order
    from measures
    left join measure_families on measures.family_code = measure_families.family_code

)

select * from measures_described
