with recursive

measures as (

    select * from {{ ref('measures') }}

),

measure_families as (

    select * from {{ ref('measure_families') }}

),

measure_changes as (

    select * from {{ ref('measure_changes') }}

),

-- A measure that was renamed more than once is called today what the last renaming made of it.
renamings as (

    select
        from_measure_code as measure_code,
        to_measure_code as current_measure_code
    from measure_changes
    where relation = 'renamed'
    union all
    select
        renamings.measure_code,
        measure_changes.to_measure_code
    from renamings
    inner join measure_changes
        on renamings.current_measure_code = measure_changes.from_measure_code and measure_changes.relation = 'renamed'

),

names_of_today as (

    select * from renamings
    anti join (
        select from_measure_code as current_measure_code from measure_changes
        where relation = 'renamed'
    ) as renamed_again using (current_measure_code)

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
        string_split(measures.nav_code, ';') as nav_code,
        measures.valid_from,
        measures.valid_to,
        coalesce(names_of_today.current_measure_code, measures.measure_code) as current_measure_code,
        measures.is_total,
        measures.sort_order
    from measures
    left join measure_families on measures.family_code = measure_families.family_code
    left join names_of_today on measures.measure_code = names_of_today.measure_code

)

select * from measures_described
