{{ config(materialized='view') }}

with recursive

counties as (

    select * from {{ ref('counties') }}

),

county_changes as (

    select * from {{ ref('county_changes') }}

),

reform_days as (

    select distinct valid_date from county_changes

),

relations as (

    select
        changes.*,
        {{ is_exact_relation('changes.relation') }} as is_exact,
        older.valid_from as older_valid_from,
        least(changes.valid_date, coalesce(older.valid_to + 1, changes.valid_date)) as printed_until
    from county_changes as changes
    inner join counties as older on changes.from_county_code = older.county_code

),

-- What was printed before a reform: for an exact relation since the reform before, which has relations of its own; for
-- another since the old county exists, as nothing older can be joined through it.
steps as (

    select
        *,
        if(is_exact, reform_before, older_valid_from) as printed_from
    from (
        select
            relations.*,
            (
                select max(reform_days.valid_date) from reform_days
                where reform_days.valid_date < relations.printed_until
            ) as reform_before
        from relations
    ) as dated

),

histories as (

    select
        county_code,
        county_code as printed_county_code,
        'same' as relation,
        true as is_exact,
        date '2024-01-01' as printed_from,
        (
            select min(reform_days.valid_date) from reform_days
            where reform_days.valid_date > date '2024-01-01'
        ) as printed_until
    from counties
    where {{ is_in_force("date '2024-01-01'", 'valid_from', 'valid_to') }}
    union all
    select
        newer.county_code,
        steps.from_county_code,
        if(steps.relation in ('same', 'renamed') and newer.relation <> 'same', newer.relation, steps.relation),
        steps.is_exact,
        steps.printed_from,
        steps.printed_until
    from histories as newer
    inner join steps
        on newer.is_exact and newer.printed_county_code = steps.to_county_code and newer.printed_from = steps.valid_date

),

with_names as (

    select
        histories.county_code,
        counties.name_norwegian as county_name,
        histories.printed_county_code,
        printed_counties.name_norwegian as printed_county_name,
        histories.relation,
        histories.is_exact,
        histories.printed_from,
        histories.printed_until
    from histories
    inner join counties on histories.county_code = counties.county_code
    inner join counties as printed_counties on histories.printed_county_code = printed_counties.county_code

)

select * from with_names
