{{ config(materialized='view') }}

with

measures as (

    select * from {{ ref('measures') }}

),

main_groups as (

    select * from {{ ref('main_groups') }}

),

measure_families as (

    select * from {{ ref('measure_families') }}

),

-- In its own report a main group stands where the others have a measure.
subjects_of_tables as (

    select
        measure_code,
        measure_name,
        family_code,
        is_total
    from measures
    union all
    select
        main_groups.main_group_code as measure_code,
        main_groups.main_group_name as measure_name,
        measure_families.family_code,
        false as is_total
    from main_groups
    cross join measure_families
    where measure_families.holds_main_groups

)

select * from subjects_of_tables
