with

int_expected_rows as (

    select * from {{ ref('int_expected_rows') }}

),

rule_sums as (

    select * from {{ ref('rule_sums') }}
    {{ where_in_scope('report_key') }}

),

-- A row that was left out because it is zero has no average to check.
compared as (

    select
        expected.report_id,
        expected.participant_group_code,
        expected.measure_code,
        expected.breakdown,
        expected.line_number,
        sums.total_lower,
        sums.total_upper,
        if(sums.is_complete, {{ round_half_up('sums.parts_lower', 'sums.mean_of') }}, null) as parts_lower,
        if(sums.is_complete, {{ round_half_up('sums.parts_upper', 'sums.mean_of') }}, null) as parts_upper,
        not coalesce(sums.is_complete, false) as is_missing,
        sums.has_suppressed
    from int_expected_rows as expected
    left join rule_sums as sums on expected.row_key = sums.rule_key
    where expected.line_number is not null or expected.is_missing

),

judged as (

    select
        *,
        {{ interval_verdict(
            'total_lower', 'total_upper', 'parts_lower', 'parts_upper', 'is_missing', 'has_suppressed'
        ) }} as verdict
    from compared

),

explained as (

    select
        report_id,
        'average_is_mean_of_months' as rule_code,
        participant_group_code,
        measure_code,
        breakdown,
        'average' as period_kind,
        null::date as month,
        total_lower,
        total_upper,
        parts_lower,
        parts_upper,
        verdict,
        if(line_number is null, [], [line_number]) as line_numbers,
        case verdict
            when 'missing' then 'the average or an expected month is not printed, so there is nothing to compare'
            when 'violated'
                then
                    'the mean of the months rounds to ' || {{ interval_text('parts_lower', 'parts_upper') }}
                    || ', the printed average in line ' || line_number || ' is '
                    || {{ interval_text('total_lower', 'total_upper') }}
        end as explanation
    from judged

)

select * from explained
