{{ config(materialized='ephemeral') }}

{#- One query holds the candidates, so that they are looked for once. -#}
with

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

misprinted_cells as (

    select * from {{ ref('misprinted_cells') }}
    {{ where_in_scope('report_key') }}

),

propagated_bounds as (

    select * from {{ ref('propagated_bounds') }}
    {{ where_in_scope('report_key') }}

),

-- A misprinted number breaks a rule of its own cell.
violated_rules as (

    select
        report_key,
        rule_key
    from complete_rules
    where is_violated
    union all
    select
        report_key,
        cell_key as rule_key
    from misprinted_cells

),

-- Where no rule is violated by itself, the stars that contradict each other and what hangs together with them.
rules_on_stars_in_conflict as (

    select distinct terms.rule_key
    from propagated_bounds as conflicts
    inner join propagated_bounds as stars on conflicts.component_key = stars.component_key
    inner join suppressed_terms as terms on stars.cell_key = terms.cell_key
    where
        conflicts.is_contradiction
        and conflicts.report_key not in (select violated_rules.report_key from violated_rules)

),

cells_at_issue as (

    select
        report_key,
        cell_key,
        rule_key
    from rule_terms
    where
        rule_key in (select violated_rules.rule_key from violated_rules)
        or rule_key in (select rules_on_stars_in_conflict.rule_key from rules_on_stars_in_conflict)
    union all
    select
        report_key,
        cell_key,
        cell_key as rule_key
    from misprinted_cells

),

-- A rule that a cell takes no part in stays violated whatever is printed there: only a cell in all of them can explain
-- them all. Where rules contradict each other only together, a cell in any of them can.
candidates as (

    select
        cells.report_key,
        cells.cell_key
    from cells_at_issue as cells
    left join (
        select
            report_key,
            count(distinct rule_key) as rule_count
        from violated_rules
        group by report_key
    ) as violated on cells.report_key = violated.report_key
    group by cells.report_key, cells.cell_key, violated.rule_count
    having count(*) = coalesce(violated.rule_count, count(*))

)

select * from candidates
