with

county_changes as (

    select * from {{ ref('county_changes') }}

),

counties as (

    select * from {{ ref('counties') }}

),

relations as (

    select
        changes.from_county_code,
        older.name_norwegian as from_county_name,
        changes.to_county_code,
        newer.name_norwegian as to_county_name,
        changes.valid_date,
        changes.relation,
        {{ is_exact_relation('changes.relation') }} as is_exact
    from county_changes as changes
    left join counties as older on changes.from_county_code = older.county_code
    left join counties as newer on changes.to_county_code = newer.county_code

)

select * from relations
