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

-- Which rules a figure takes part in, by the breakdown that its row stands in. Figures are stocks at the end of a
-- month: months add up over people, averages do not.
rules_of_rows as (

    select
        rules.rule_code,
        if(sides.is_total, 'none', rules.breakdown) as row_breakdown,
        rules.breakdown,
        sides.is_total
    from rules
    cross join (select unnest([false, true]) as is_total) as sides
    where rules.breakdown is not null
    union all
    select
        rule_code,
        'none' as row_breakdown,
        'none' as breakdown,
        null as is_total
    from rules
    where rule_code in ('measures_sum_to_total', 'groups_sum_to_all')
    union all
    select
        'average_is_mean_of_months' as rule_code,
        coalesce(breakdown, 'none') as row_breakdown,
        coalesce(breakdown, 'none') as breakdown,
        null as is_total
    from (select distinct breakdown from rules)

),

terms_of_rows as (

    select
        expected.report_id,
        rules_of_rows.rule_code,
        if(rules_of_rows.rule_code = 'groups_sum_to_all', 'all', expected.participant_group_code)
            as participant_group_code,
        if(rules_of_rows.rule_code = 'measures_sum_to_total', 'all', expected.measure_code) as measure_code,
        rules_of_rows.breakdown,
        if(rules_of_rows.rule_code = 'average_is_mean_of_months', expected.category_code, 'all') as category_code,
        if(rules_of_rows.rule_code = 'average_is_mean_of_months', null, expected.month) as month,
        case rules_of_rows.rule_code
            when 'measures_sum_to_total' then expected.measure_code = 'all'
            when 'groups_sum_to_all' then expected.participant_group_code = 'all'
            when 'average_is_mean_of_months' then expected.month is null
            else rules_of_rows.is_total
        end as is_total,
        expected.value_lower,
        expected.value_upper,
        expected.is_suppressed,
        expected.is_missing,
        expected.line_number,
        expected.column_number
    from int_expected_observations as expected
    inner join rules_of_rows on expected.breakdown = rules_of_rows.row_breakdown
    where
        if(
            rules_of_rows.rule_code = 'average_is_mean_of_months',
            expected.is_printed or expected.is_missing,
            expected.month is not null
        )
        and not (
            coalesce(rules_of_rows.is_total, false)
            and (expected.participant_group_code <> 'all' or expected.measure_code = 'all')
        )

),

printed_totals as (

    select
        *,
        hash(report_id, participant_group_code, measure_code, period_kind, month) as total_key
    from int_printed_cells
    where
        (is_first_print or is_copy_of_total)
        and breakdown = 'none'
        and period_kind is not null

),

totals_with_copies as (

    select total_key
    from printed_totals
    group by total_key
    having bool_or(is_first_print) and bool_or(is_copy_of_total)

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
        is_first_print as is_total
    from printed_totals
    where total_key in (select totals_with_copies.total_key from totals_with_copies)

),

terms as (

    select * from terms_of_rows
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
