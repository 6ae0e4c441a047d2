with

county_relations as (

    select * from {{ ref('county_relations') }}

),

municipality_moves as (

    select * from {{ ref('municipality_moves') }}

),

counties as (

    select * from {{ ref('counties') }}

),

reasonless_or_untrue_relations as (

    select
        'seeds/county_changes.csv has county ' || from_county_code || ' and ' || to_county_code || ' of ' || valid_date
        || ' as ' || relation
        || if(
            reason is null,
            ', when seeds/municipality_moves.csv has no municipality that crossed their border',
            ', when the newer one ' || reason || ' by seeds/municipality_moves.csv'
        ) as explanation
    from county_relations
    where (reason is null) <> is_exact

),

-- The first two digits of a municipality's code are its county's.
mistaken_moves as (

    select
        'seeds/municipality_moves.csv has ' || moves.from_municipality_code || ' of county ' || moves.from_county_code
        || ' go to ' || moves.to_municipality_code || ' of ' || moves.to_county_code || ' on ' || moves.valid_date
        || ', then in ' || coalesce(moves.county_code_2024, 'no county')
        || ' in 2024: codes differ, or a county was not there' as explanation
    from municipality_moves as moves
    left join counties as older on moves.from_county_code = older.county_code
    left join counties as newer on moves.to_county_code = newer.county_code
    left join counties as counties_of_2024
        on
        moves.county_code_2024 = counties_of_2024.county_code
        and coalesce(counties_of_2024.valid_from <= date '2024-01-01', true)
        and coalesce(counties_of_2024.valid_to >= date '2024-01-01', true)
    where
        left(moves.from_municipality_code, 2) <> moves.from_county_code
        or left(moves.to_municipality_code, 2) <> moves.to_county_code
        or older.county_code is null
        or coalesce(older.valid_from >= moves.valid_date, false)
        or coalesce(older.valid_to < moves.valid_date - 1, false)
        or newer.county_code is null
        or coalesce(newer.valid_from > moves.valid_date, false)
        or coalesce(newer.valid_to < moves.valid_date, false)
        or counties_of_2024.county_code is null

)

select * from reasonless_or_untrue_relations
union all
select * from mistaken_moves
