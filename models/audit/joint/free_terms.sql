with

joint_terms as (

    select * from {{ ref('joint_terms') }}
    {{ where_in_work('report_key') }}

),

joint_rules as (

    select * from {{ ref('joint_rules') }}

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
    from joint_terms as terms
    inner join joint_rules as rules on terms.rule_key = rules.rule_key
    where terms.cell_lower < terms.cell_upper

)

select * from terms_of_stars
