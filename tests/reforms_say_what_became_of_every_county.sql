with

counties as (

    select * from {{ ref('counties') }}

),

county_changes as (

    select * from {{ ref('county_changes') }}

),

series_breaks as (

    select * from {{ ref('series_breaks') }}

),

reform_days as (

    select valid_date from county_changes
    union
    select valid_from from counties
    where valid_from is not null
    union
    select valid_to + 1 from counties
    where valid_to is not null

),

counties_at_reforms as (

    select
        reform_days.valid_date,
        counties.county_code,
        coalesce(counties.valid_from < reform_days.valid_date, true)
        and coalesce(counties.valid_to >= reform_days.valid_date - 1, true) as is_there_before,
        coalesce(counties.valid_from <= reform_days.valid_date, true)
        and coalesce(counties.valid_to >= reform_days.valid_date, true) as is_there_after,
        county_changes_from.county_code is not null as is_told_before,
        county_changes_to.county_code is not null as is_told_after,
        coalesce(county_changes_to.is_exact, false) as is_exact,
        series_breaks.category_code is not null as is_cut
    from reform_days
    cross join counties
    left join (
        select distinct
            valid_date,
            from_county_code as county_code
        from county_changes
    ) as county_changes_from using (valid_date, county_code)
    left join (
        select
            valid_date,
            to_county_code as county_code,
            bool_or({{ is_exact_relation('relation') }}) as is_exact
        from county_changes
        group by valid_date, to_county_code
    ) as county_changes_to using (valid_date, county_code)
    left join series_breaks
        on
        series_breaks.breakdown = 'county'
        and counties.county_code = series_breaks.category_code
        and reform_days.valid_date = series_breaks.break_month

),

untold_counties as (

    select
        *,
        case
            when is_there_before and not is_told_before then 'seeds/county_changes.csv does not say what became of'
            when is_there_after and not is_told_after then 'seeds/county_changes.csv does not say what went before'
            when is_there_after and not is_exact and not is_cut then 'seeds/series_breaks.csv does not cut'
            when is_cut and is_exact then 'seeds/series_breaks.csv cuts, though its relation is exact,'
        end as problem
    from counties_at_reforms

),

-- A county that a reform brought back relates to one of years before, so the older one need not last until the day; nor
-- need it where a county that went on is only about those that it was merged from.
untimely_relations as (

    select county_changes.*
    from county_changes
    left join counties as older on county_changes.from_county_code = older.county_code
    left join counties as newer on county_changes.to_county_code = newer.county_code
    where
        older.county_code is null
        or newer.county_code is null
        or coalesce(older.valid_from >= county_changes.valid_date, false)
        or coalesce(newer.valid_from > county_changes.valid_date, false)
        or coalesce(newer.valid_to < county_changes.valid_date, false)
        or (
            coalesce(older.valid_to < county_changes.valid_date - 1, false)
            and newer.valid_from is distinct from county_changes.valid_date
            and county_changes.relation <> 'approximate'
        )

)

select
    valid_date,
    county_code,
    problem || ' county ' || county_code || ' on ' || valid_date as explanation
from untold_counties
where problem is not null
union all
select
    valid_date,
    from_county_code,
    'seeds/county_changes.csv relates county ' || from_county_code || ' to ' || to_county_code || ' on ' || valid_date
    || ', when seeds/counties.csv does not have them so'
from untimely_relations
