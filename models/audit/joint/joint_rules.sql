with

joint_terms as (

    select * from {{ ref('joint_terms') }}
    {{ where_in_work('report_id') }}

),

sums as (

    select
        report_id,
        rule_key,
        any_value(rule_lower) as rule_lower,
        any_value(rule_upper) as rule_upper,
        sum({{ least_term('coefficient', 'cell_lower', 'cell_upper') }})::bigint as least_sum,
        sum({{ greatest_term('coefficient', 'cell_lower', 'cell_upper') }})::bigint as greatest_sum,
        coalesce(sum(coefficient * cell_lower) filter (cell_lower = cell_upper), 0)::bigint as fixed_sum
    from joint_terms
    group by report_id, rule_key

),

judged as (

    select
        report_id,
        rule_key,
        least_sum,
        greatest_sum,
        rule_lower - fixed_sum as rest_lower,
        rule_upper - fixed_sum as rest_upper,
        least_sum > rule_upper or greatest_sum < rule_lower as is_violated
    from sums

)

select * from judged
