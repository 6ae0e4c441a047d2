with

int_expected_observations as (

    select * from {{ ref('int_expected_observations') }}

),

int_printed_cells as (

    select * from {{ ref('int_printed_cells') }}
    {{ where_in_work('report_id') }}

),

rules as (

    select * from {{ ref('rules') }}

),

-- Figures are stocks at the end of a month: months add up over people, averages do not.
months_of_tables as (

    select * from int_expected_observations
    where month is not null and breakdown = 'none'

),

terms_of_measures as (

    select
        * replace ('all' as measure_code),
        'measures_sum_to_total' as rule_code,
        measure_code = 'all' as is_total
    from months_of_tables

),

terms_of_groups as (

    select
        * replace ('all' as participant_group_code),
        'groups_sum_to_all' as rule_code,
        participant_group_code = 'all' as is_total
    from months_of_tables

),

parts_of_breakdowns as (

    select
        parts.* replace ('all' as category_code),
        rules.rule_code,
        false as is_total
    from int_expected_observations as parts
    inner join rules on parts.breakdown = rules.breakdown
    where parts.month is not null

),

totals_of_breakdowns as (

    select
        totals.* replace (rules.breakdown as breakdown),
        rules.rule_code,
        true as is_total
    from months_of_tables as totals
    cross join rules
    where
        totals.participant_group_code = 'all'
        and totals.measure_code <> 'all'
        and rules.breakdown is not null

),

terms_of_averages as (

    select
        * replace (null as month),
        'average_is_mean_of_months' as rule_code,
        month is null as is_total
    from int_expected_observations
    where is_printed or is_missing

),

terms_of_copies as (

    select
        report_id,
        participant_group_code,
        measure_code,
        breakdown,
        category_code,
        month,
        value_lower,
        value_upper,
        is_suppressed,
        false as is_missing,
        line_number,
        column_number,
        'totals_agree' as rule_code,
        row_role = 'observation' as is_total
    from int_printed_cells
    where
        row_role in ('observation', 'copy_of_total')
        and breakdown = 'none'
        and period_kind is not null
    qualify
        count(*) over (
            partition by hash(report_id, participant_group_code, measure_code, period_kind, month)
        ) > 1

),

terms as (

    select * from terms_of_measures
    union all by name
    select * from terms_of_groups
    union all by name
    select * from parts_of_breakdowns
    union all by name
    select * from totals_of_breakdowns
    union all by name
    select * from terms_of_averages
    union all by name
    select * from terms_of_copies

),

-- What an instance is about stands beside its total only: these texts, written for each of its terms, would take most
-- of the time.
keyed as (

    select
        report_id,
        rule_code,
        hash(report_id, rule_code, participant_group_code, measure_code, breakdown, category_code, month)
            as instance_key,
        is_total,
        if(is_total, participant_group_code, null) as participant_group_code,
        if(is_total, measure_code, null) as measure_code,
        if(is_total, breakdown, null) as breakdown,
        if(is_total, category_code, null) as category_code,
        month,
        value_lower,
        value_upper,
        is_suppressed,
        is_missing,
        line_number,
        column_number
    from terms

)

select * from keyed
