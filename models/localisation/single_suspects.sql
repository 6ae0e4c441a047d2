with recursive

candidate_cells as (

    select * from {{ ref('candidate_cells') }}

),

candidate_terms as materialized (

    select * from {{ ref('candidate_terms') }}

),

propagated_bounds as (

    select * from {{ ref('propagated_bounds') }}
    {{ where_in_scope('report_key') }}

),

terms as materialized (

    select
        scenario_key,
        rule_key,
        cell_key,
        coefficient,
        rest_lower,
        rest_upper
    from candidate_terms

),

-- All stars around a candidate bear its name from the start: here nothing is to be named, only bounds move.
bounds as (

    select distinct
        scenario_key,
        0 as round_number,
        cell_key,
        scenario_key as component_key,
        cell_lower::bigint as bound_lower,
        cell_upper::bigint as bound_upper
    from candidate_terms
    union all
    ({{ propagate_once('terms', 'bounds') }})

),

tightest as (

    select
        scenario_key,
        cell_key,
        max(bound_lower) as bound_lower,
        min(bound_upper) as bound_upper
    from bounds
    group by scenario_key, cell_key

),

-- With its own figure open, a candidate must leave every star near it a value …
possible_near as (

    select scenario_key from tightest
    group by scenario_key
    having bool_and(bound_lower <= bound_upper)

),

-- … and there must be no contradiction among stars that it has nothing to do with.
contradicted_elsewhere as (

    select distinct candidates.cell_key as scenario_key
    from candidate_cells as candidates
    inner join propagated_bounds as conflicts
        on candidates.report_key = conflicts.report_key and candidates.cell_key <> conflicts.cell_key
    left join candidate_terms as terms
        on candidates.cell_key = terms.scenario_key and conflicts.component_key = terms.component_key
    where conflicts.is_contradiction and terms.scenario_key is null

),

explaining as (

    select
        candidates.report_key,
        candidates.cell_key,
        tightest.bound_lower,
        tightest.bound_upper
    from candidate_cells as candidates
    inner join tightest on candidates.cell_key = tightest.scenario_key and candidates.cell_key = tightest.cell_key
    where
        candidates.cell_key in (select possible_near.scenario_key from possible_near)
        and candidates.cell_key not in (select contradicted_elsewhere.scenario_key from contradicted_elsewhere)

)

select * from explaining
