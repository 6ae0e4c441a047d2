{{ config(materialized='view') }}

with

rule_sums as (

    select * from {{ ref('rule_sums') }}
    {{ where_in_scope('report_key') }}

),

-- A sum that lacks a term says nothing.
complete_sums as (

    select
        report_key,
        rule_key,
        printed_sum,
        parts_lower - mean_of * total_upper as least_sum,
        parts_upper - mean_of * total_lower as greatest_sum,
        {{ rounding_slack_lower('mean_of') }} as rule_lower,
        {{ rounding_slack_upper('mean_of') }} as rule_upper
    from rule_sums
    where is_complete

),

judged as (

    select
        report_key,
        rule_key,
        rule_lower,
        rule_upper,
        least_sum,
        greatest_sum,
        rule_lower - printed_sum as rest_lower,
        rule_upper - printed_sum as rest_upper,
        least_sum > rule_upper or greatest_sum < rule_lower as is_violated
    from complete_sums

)

select * from judged
