with

int_expected_observations as (

    select * from {{ ref('int_expected_observations') }}
    {{ where_in_work('report_id') }}

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
    where period_kind = 'month' and breakdown = 'none'

),

terms_of_measures as (

    select
        * replace ('all' as measure_code),
        'measures_sum_to_total' as rule_code,
        if(measure_code = 'all', 'total', 'part') as term_role
    from months_of_tables

),

terms_of_groups as (

    select
        * replace ('all' as participant_group_code),
        'groups_sum_to_all' as rule_code,
        if(participant_group_code = 'all', 'total', 'part') as term_role
    from months_of_tables

),

parts_of_breakdowns as (

    select
        parts.*,
        rules.rule_code,
        'part' as term_role
    from int_expected_observations as parts
    inner join rules on parts.breakdown = rules.breakdown
    where parts.period_kind = 'month'

),

totals_of_breakdowns as (

    select
        totals.* replace (rules.breakdown as breakdown),
        rules.rule_code,
        'total' as term_role
    from months_of_tables as totals
    cross join rules
    where
        totals.participant_group_code = 'all'
        and totals.measure_code <> 'all'
        and rules.breakdown is not null

),

terms_of_averages as (

    select
        * replace ('average' as period_kind, null as month),
        'average_is_mean_of_months' as rule_code,
        if(period_kind = 'average', 'total', 'part') as term_role
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
        period_kind,
        month,
        value_lower,
        value_upper,
        is_suppressed,
        true as is_printed,
        false as is_missing,
        line_number,
        column_number,
        'totals_agree' as rule_code,
        if(row_role = 'observation', 'total', 'part') as term_role
    from int_printed_cells
    where
        row_role in ('observation', 'copy_of_total')
        and breakdown = 'none'
        and period_kind is not null
    qualify
        count(*) over (
            partition by report_id, participant_group_code, measure_code, period_kind, month
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

)

select * from terms
