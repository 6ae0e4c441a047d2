with

rule_rows as (

    select * from {{ ref('rule_rows') }}
    {{ where_in_scope('report_id') }}

),

rule_sums as (

    select * from {{ ref('rule_sums') }}
    {{ where_in_scope('report_key') }}

),

int_reports as (

    select * from {{ ref('int_reports') }}
    {{ where_in_scope('report_id') }}

),

subjects as (

    select
        report_id,
        subject_key,
        max(rule_code) as rule_code,
        max(participant_group_code) as participant_group_code,
        max(measure_code) as measure_code,
        max(breakdown) as breakdown,
        max(line_number) filter (is_total) as total_line_number,
        coalesce(list_sort(list(line_number) filter (line_number is not null)), []) as line_numbers,
        max(row_count) = 0 as is_left_out
    from rule_rows
    where rule_code <> 'totals_agree'
    group by report_id, subject_key

),

expected_months as (

    select
        report_id,
        unnest(generate_series(period_start, period_end, interval 1 month))::date as month
    from int_reports

),

-- What is left out altogether because it is zero sums to zero.
compared as (

    select
        subjects.* exclude (subject_key, is_left_out),
        months.month,
        if(subjects.is_left_out, 0, sums.total_lower) as total_lower,
        if(subjects.is_left_out, 0, sums.total_upper) as total_upper,
        if(subjects.is_left_out, 0, sums.parts_lower) as parts_lower,
        if(subjects.is_left_out, 0, sums.parts_upper) as parts_upper,
        not coalesce(sums.is_complete or subjects.is_left_out, false) as is_missing,
        coalesce(sums.has_suppressed, false) as has_suppressed
    from subjects
    inner join expected_months as months on subjects.report_id = months.report_id
    left join rule_sums as sums on {{ rule_key('subjects.subject_key', 'months.month') }} = sums.rule_key

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
        rule_code,
        participant_group_code,
        measure_code,
        breakdown,
        'month' as period_kind,
        month,
        total_lower,
        total_upper,
        parts_lower,
        parts_upper,
        verdict,
        line_numbers,
        case verdict
            when 'missing'
                then
                    'a row that this sum needs is missing or has an unknown label, so there is nothing to compare; '
                    || 'rows_are_complete and labels_are_known name it'
            when 'violated'
                then
                    'the parts sum to ' || {{ interval_text('parts_lower', 'parts_upper') }}
                    || ', the printed total in line ' || total_line_number || ' is '
                    || {{ interval_text('total_lower', 'total_upper') }}
        end as explanation
    from judged

)

select * from explained
