with

rule_terms as (

    select * from {{ ref('rule_terms') }}
    {{ where_in_scope('report_key') }}

),

complete_rules as (

    select * from {{ ref('complete_rules') }}

),

-- What is printed as a number is taken out of the sums, so that only the stars are left to reason about.
terms_of_stars as (

    select
        terms.report_key,
        terms.rule_key,
        terms.cell_key,
        terms.coefficient,
        terms.cell_lower,
        terms.cell_upper,
        rules.rest_lower,
        rules.rest_upper
    from rule_terms as terms
    inner join complete_rules as rules on terms.rule_key = rules.rule_key
    where terms.cell_lower < terms.cell_upper

)

select * from terms_of_stars
