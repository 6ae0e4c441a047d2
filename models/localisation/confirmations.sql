{{ config(materialized='view') }}

with

rule_terms as (

    select * from {{ ref('rule_terms') }}
    {{ where_in_scope('report_key') }}

),

complete_rules as (

    select * from {{ ref('complete_rules') }}

),

-- What a rule that holds leaves for one of its cells, when the others are what the report prints.
left_by_rules as (

    select
        terms.report_key,
        terms.cell_key,
        terms.cell_lower,
        terms.cell_upper,
        {{ multiple_lower(
            'terms.coefficient',
            "rules.rule_lower - (rules.sum_upper - " ~ term_upper(
                'terms.coefficient', 'terms.cell_lower', 'terms.cell_upper') ~ ")",
            "rules.rule_upper - (rules.sum_lower - " ~ term_lower(
                'terms.coefficient', 'terms.cell_lower', 'terms.cell_upper') ~ ")"
        ) }} as left_lower,
        {{ multiple_upper(
            'terms.coefficient',
            "rules.rule_lower - (rules.sum_upper - " ~ term_upper(
                'terms.coefficient', 'terms.cell_lower', 'terms.cell_upper') ~ ")",
            "rules.rule_upper - (rules.sum_lower - " ~ term_lower(
                'terms.coefficient', 'terms.cell_lower', 'terms.cell_upper') ~ ")"
        ) }} as left_upper
    from rule_terms as terms
    inner join complete_rules as rules on terms.rule_key = rules.rule_key
    where not rules.is_violated

),

confirmed as (

    select
        report_key,
        cell_key,
        count(*) filter (left_lower >= cell_lower and left_upper <= cell_upper) as confirming_rules,
        min(greatest(left_upper - cell_upper, cell_lower - left_lower, 0)) filter (cell_lower = cell_upper)
            as unnoticed_slip
    from left_by_rules
    group by report_key, cell_key

)

select * from confirmed
