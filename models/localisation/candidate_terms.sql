{{ config(materialized='ephemeral') }}

{#- One query holds the candidates, so that they are looked for once. -#}
with

candidate_cells as (

    select * from {{ ref('candidate_cells') }}

),

rule_terms as (

    select * from {{ ref('rule_terms') }}
    {{ where_in_scope('report_key') }}

),

complete_rules as (

    select * from {{ ref('complete_rules') }}

),

suppressed_terms as (

    select * from {{ ref('suppressed_terms') }}
    {{ where_in_scope('report_key') }}

),

propagated_bounds as (

    select * from {{ ref('propagated_bounds') }}
    {{ where_in_scope('report_key') }}

),

-- What the candidate added to its rules as a printed number is taken back.
terms_of_candidates as (

    select
        terms.cell_key as scenario_key,
        terms.rule_key,
        terms.cell_key,
        terms.coefficient,
        if(terms.cell_lower = terms.cell_upper, terms.coefficient * terms.cell_lower, 0) as printed_value
    from candidate_cells as candidates
    inner join rule_terms as terms on candidates.cell_key = terms.cell_key

),

candidates_with_rests as (

    select
        terms.scenario_key,
        terms.rule_key,
        terms.cell_key,
        terms.coefficient,
        rules.rest_lower + terms.printed_value as rest_lower,
        rules.rest_upper + terms.printed_value as rest_upper
    from terms_of_candidates as terms
    inner join complete_rules as rules on terms.rule_key = rules.rule_key

),

suppressed_terms_of_components as (

    select
        suppressed_terms.*,
        stars.component_key
    from suppressed_terms
    inner join propagated_bounds as stars on suppressed_terms.cell_key = stars.cell_key

),

components_of_candidates as (

    select distinct
        terms.scenario_key,
        stars.component_key
    from terms_of_candidates as terms
    inner join suppressed_terms_of_components as stars on terms.rule_key = stars.rule_key

),

stars_around_candidates as (

    select
        components.scenario_key,
        components.component_key,
        stars.rule_key,
        stars.cell_key,
        stars.coefficient,
        stars.cell_lower,
        stars.cell_upper,
        stars.rest_lower,
        stars.rest_upper
    from components_of_candidates as components
    inner join suppressed_terms_of_components as stars on components.component_key = stars.component_key
    where components.scenario_key <> stars.cell_key

),

terms as (

    select
        stars.scenario_key,
        stars.component_key,
        stars.rule_key,
        stars.cell_key,
        stars.coefficient,
        stars.rest_lower + coalesce(candidates.printed_value, 0) as rest_lower,
        stars.rest_upper + coalesce(candidates.printed_value, 0) as rest_upper,
        stars.cell_lower,
        stars.cell_upper
    from stars_around_candidates as stars
    left join terms_of_candidates as candidates
        on stars.scenario_key = candidates.scenario_key and stars.rule_key = candidates.rule_key
    union all
    select
        scenario_key,
        null as component_key,
        rule_key,
        cell_key,
        coefficient,
        rest_lower,
        rest_upper,
        0 as cell_lower,
        {{ open_upper() }} as cell_upper
    from candidates_with_rests

)

select * from terms
