with recursive

suppressed_terms as (

    select * from {{ ref('suppressed_terms') }}
    {{ where_in_scope('report_key') }}

),

terms as materialized (

    select
        report_key as scenario_key,
        rule_key,
        cell_key,
        coefficient,
        rest_lower,
        rest_upper
    from suppressed_terms

),

stars as (

    select distinct
        report_key,
        cell_key,
        cell_lower,
        cell_upper
    from suppressed_terms

),

bounds as (

    select
        report_key as scenario_key,
        0 as round_number,
        cell_key,
        cell_key as component_key,
        cell_lower::bigint as bound_lower,
        cell_upper::bigint as bound_upper
    from stars
    union all
    ({{ propagate_once('terms', 'bounds') }})

),

-- Bounds only ever tighten and names only get smaller, so the last round holds the greatest lower and the least upper
-- bound, and the least name.
tightest as (

    select
        cell_key,
        min(component_key) as component_key,
        max(bound_lower) as bound_lower,
        min(bound_upper) as bound_upper
    from bounds
    group by cell_key

),

bounds_of_stars as (

    select
        stars.report_key,
        stars.cell_key,
        tightest.component_key,
        tightest.bound_lower,
        tightest.bound_upper,
        tightest.bound_lower > tightest.bound_upper as is_contradiction
    from stars
    inner join tightest on stars.cell_key = tightest.cell_key

)

select * from bounds_of_stars
