with

rule_terms as (

    select * from {{ ref('rule_terms') }}
    {{ where_in_scope('report_key') }}

),

-- An average of n months stands against their sum with the coefficient -n, a total against that of its parts with -1.
sums as (

    select
        any_value(report_key) as report_key,
        rule_key,
        greatest(-min(coefficient), 1) as mean_of,
        max(if(coefficient < 0, cell_lower, null))::bigint as total_lower,
        max(if(coefficient < 0, cell_upper, null))::bigint as total_upper,
        sum(if(coefficient > 0, cell_lower, null))::bigint as parts_lower,
        sum(if(coefficient > 0, cell_upper, null))::bigint as parts_upper,
        sum(if(cell_lower = cell_upper, coefficient * cell_lower, 0))::bigint as printed_sum,
        bool_or(cell_lower < cell_upper) as has_suppressed,
        coalesce(count(*) = any_value(term_count), false) as is_complete
    from rule_terms
    group by rule_key

),

-- A row that was left out because it is zero adds nothing.
with_zeros as (

    select
        * replace (
            coalesce(total_lower, if(is_complete, 0, null)) as total_lower,
            coalesce(total_upper, if(is_complete, 0, null)) as total_upper,
            coalesce(parts_lower, if(is_complete, 0, null)) as parts_lower,
            coalesce(parts_upper, if(is_complete, 0, null)) as parts_upper
        )
    from sums

)

select * from with_zeros
