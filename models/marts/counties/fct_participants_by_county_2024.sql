{{ config(materialized='incremental', unique_key='month') }}

with

int_newest_figures as (

    select * from {{ ref('int_newest_figures') }}
    {{ where_in_scope('month') }}

),

int_county_histories as (

    select * from {{ ref('int_county_histories') }}

),

optional_rows as (

    select * from {{ ref('optional_rows') }}

),

printed_figures as (

    select * from int_newest_figures
    where breakdown = 'county' and measure_code <> 'all'

),

-- An area that most editions do not print is none of the counties that there is a figure of in every month.
counties_of_2024 as (

    select distinct
        county_code,
        county_code || ' ' || county_name as county
    from int_county_histories
    where
        county_code not in (
            select category_code from optional_rows
            where breakdown = 'county' and category_code is not null
        )

),

measures_of_months as (

    select distinct
        measure_code,
        month,
        report_id
    from printed_figures

),

-- All parts of a county must be there and exact, or it has no figure.
parts_together as (

    select
        months.measure_code,
        counties.county_code,
        counties.county,
        months.month,
        months.report_id,
        string_agg(
            histories.printed_county_code || ' ' || histories.printed_county_name, ' + '
            order by histories.printed_county_code
        ) as printed_counties,
        arg_min(histories.relation, histories.is_exact) as relation,
        coalesce(bool_and(histories.is_exact), false) as is_exact,
        coalesce(bool_and(histories.is_exact and parts.month is not null), false) as is_joined,
        sum(parts.participants)::integer as participants,
        sum(parts.participants_lower)::integer as participants_lower,
        sum(parts.participants_upper)::integer as participants_upper,
        coalesce(bool_or(parts.is_suppressed), false) as has_suppressed,
        coalesce(bool_or(parts.is_illegible), false) as has_illegible,
        coalesce(bool_or(parts.is_restored), false) as has_restored,
        coalesce(bool_or(parts.is_corrected), false) as has_corrected,
        coalesce(max(nullif(parts.comparable_series, 'first')), 'first') as comparable_series,
        if(count(*) = 1, any_value(parts.page_number), null) as page_number,
        if(count(*) = 1, any_value(parts.line_number), null) as line_number
    from measures_of_months as months
    cross join counties_of_2024 as counties
    left join int_county_histories as histories
        on
        counties.county_code = histories.county_code
        and coalesce(months.month >= histories.printed_from, true)
        and coalesce(months.month < histories.printed_until, true)
    left join printed_figures as parts
        on
        months.measure_code = parts.measure_code
        and months.month = parts.month
        and histories.printed_county_code = parts.category_code
    group by all

),

figures_on_counties_of_2024 as (

    select
        measure_code,
        county_code,
        month,
        if(is_joined and not has_suppressed and not has_illegible, participants, null) as participants,
        if(is_joined, participants_lower, null) as participants_lower,
        if(is_joined and not has_illegible, participants_upper, null) as participants_upper,
        is_joined and has_suppressed as is_suppressed,
        is_joined and has_illegible as is_illegible,
        is_joined and has_restored as is_restored,
        report_id,
        if(is_joined, page_number, null) as page_number,
        if(is_joined, line_number, null) as line_number,
        is_joined and has_corrected as is_corrected,
        if(is_joined, comparable_series, null) as comparable_series,
        printed_counties,
        relation,
        case
            when is_joined then null
            when printed_counties is null then 'no relation of ' || county || ' to counties of the month is known'
            when is_exact then 'the report does not print all of ' || printed_counties
            when relation = 'part_of' then county || ' was a part of ' || printed_counties || ', printed as one'
            else
                county || ' of 2024 is only about ' || printed_counties
                || ': municipalities moved, see county_relations'
        end as why_not
    from parts_together

)

select * from figures_on_counties_of_2024
