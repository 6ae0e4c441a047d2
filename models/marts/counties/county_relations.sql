with

county_changes as (

    select * from {{ ref('county_changes') }}

),

counties as (

    select * from {{ ref('counties') }}

),

municipality_moves as (

    select * from {{ ref('municipality_moves') }}

),

relations as (

    select
        changes.from_county_code,
        older.name_norwegian as from_county_name,
        changes.to_county_code,
        newer.name_norwegian as to_county_name,
        changes.valid_date,
        changes.relation,
        {{ is_exact_relation('changes.relation') }} as is_exact,
        least(changes.valid_date, coalesce(older.valid_to + 1, changes.valid_date)) as first_day_of_moves,
        list(older.county_code) over (
            partition by newer.county_code, changes.valid_date, changes.relation
        ) as older_codes,
        list(newer.name_norwegian) over (
            partition by older.county_code, changes.valid_date, changes.relation
            order by newer.county_code rows between unbounded preceding and unbounded following
        ) as newer_names
    from county_changes as changes
    left join counties as older on changes.from_county_code = older.county_code
    left join counties as newer on changes.to_county_code = newer.county_code

),

-- The newer county is compared with the sum of the older ones that have the relation to it, so that a municipality that
-- moved between two of those is no difference.
differences as (

    select
        relations.from_county_code,
        relations.to_county_code,
        relations.valid_date,
        moves.from_municipality_name as municipality,
        {{ county_of_moved_municipality('moves', 'relations.valid_date') }} = relations.to_county_code as is_gained
    from relations
    inner join municipality_moves as moves
        on moves.valid_date between relations.first_day_of_moves and relations.valid_date
    where list_contains(relations.older_codes, moves.from_county_code) <> is_gained

),

differences_told as (

    select
        from_county_code,
        to_county_code,
        valid_date,
        concat_ws(
            '; ',
            'gained ' || string_agg(municipality, ', ' order by municipality) filter (is_gained),
            'lost ' || string_agg(municipality, ', ' order by municipality) filter (not is_gained)
        ) as difference
    from differences
    group by all

),

relations_with_reasons as (

    select
        relations.* exclude (first_day_of_moves, older_codes, newer_names),
        if(
            relations.relation = 'part_of',
            'split into ' || array_to_string(relations.newer_names, ', '),
            differences_told.difference
        ) as reason
    from relations
    left join differences_told using (from_county_code, to_county_code, valid_date)

)

select * from relations_with_reasons
