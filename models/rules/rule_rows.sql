{{ config(unique_key='report_id') }}

with

int_expected_rows as (

    select * from {{ ref('int_expected_rows') }}

),

int_printed_rows as (

    select * from {{ ref('int_printed_rows') }}
    {{ where_in_scope('report_id') }}

),

rules as (

    select * from {{ ref('rules') }}

),

-- A total is the sum of a breakdown only in a report that should print it.
expected_breakdowns as (

    select distinct
        report_id,
        breakdown
    from int_expected_rows

),

-- Which sums a row takes part in, by the breakdown that it stands in.
sums_of_rows as (

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

),

rows_of_sums as (

    select
        expected.report_id,
        sums_of_rows.rule_code,
        if(sums_of_rows.rule_code = 'groups_sum_to_all', 'all', expected.participant_group_code)
            as participant_group_code,
        if(sums_of_rows.rule_code = 'measures_sum_to_total', 'all', expected.measure_code) as measure_code,
        sums_of_rows.breakdown,
        case sums_of_rows.rule_code
            when 'measures_sum_to_total' then expected.measure_code = 'all'
            when 'groups_sum_to_all' then expected.participant_group_code = 'all'
            else sums_of_rows.is_total
        end as is_total,
        expected.is_missing,
        expected.line_number,
        expected.row_key
    from int_expected_rows as expected
    inner join sums_of_rows on expected.breakdown = sums_of_rows.row_breakdown
    inner join expected_breakdowns as printed
        on expected.report_id = printed.report_id and sums_of_rows.breakdown = printed.breakdown
    where
        not (
            coalesce(sums_of_rows.is_total, false)
            and (expected.participant_group_code <> 'all' or expected.measure_code = 'all')
        )

),

printed_totals as (

    select
        report_id,
        participant_group_code,
        measure_code,
        row_role = 'observation' as is_total,
        line_number,
        row_key,
        series_key
    from int_printed_rows
    where breakdown = 'none' and row_role in ('observation', 'copy_of_total')

),

rows_of_copies as (

    select
        report_id,
        'totals_agree' as rule_code,
        participant_group_code,
        measure_code,
        'none' as breakdown,
        is_total,
        false as is_missing,
        line_number,
        row_key
    from printed_totals
    where
        series_key in (
            select copies.series_key from printed_totals as copies
            where not copies.is_total
        )

),

keyed as (

    select
        *,
        {{ subject_key('rows_of_rules') }} as subject_key
    from (
        select * from rows_of_sums
        union all
        select * from rows_of_copies
    ) as rows_of_rules

),

subjects as (

    select
        subject_key,
        if(bool_or(is_missing), null, count(line_number)) as row_count
    from keyed
    group by subject_key

),

-- What a rule is about stands beside its total only: texts are most of what it takes to write a table.
with_row_counts as (

    select
        keyed.report_id,
        keyed.rule_code,
        keyed.subject_key,
        if(keyed.is_total, keyed.participant_group_code, null) as participant_group_code,
        if(keyed.is_total, keyed.measure_code, null) as measure_code,
        if(keyed.is_total, keyed.breakdown, null) as breakdown,
        keyed.is_total,
        keyed.is_missing,
        keyed.line_number,
        keyed.row_key,
        subjects.row_count
    from keyed
    inner join subjects on keyed.subject_key = subjects.subject_key

)

select * from with_row_counts
