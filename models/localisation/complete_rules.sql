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
        parts_lower - mean_of * total_upper as sum_lower,
        parts_upper - mean_of * total_lower as sum_upper,
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
        sum_lower,
        sum_upper,
        rule_lower - printed_sum as rest_lower,
        rule_upper - printed_sum as rest_upper,
        sum_lower > rule_upper or sum_upper < rule_lower as is_violated
    from complete_sums

)

select * from judged
