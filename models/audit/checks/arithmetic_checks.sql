with

check_terms as (

    select * from {{ ref('check_terms') }}
    {{ where_in_work('report_id') }}

),

-- For a sum the instance is a table's month; for an average or a copied total it is one series.
instances as (

    select
        instance_key,
        any_value(report_id) as report_id,
        any_value(rule_code) as rule_code,
        any_value(participant_group_code) as participant_group_code,
        any_value(measure_code) as measure_code,
        any_value(breakdown) as breakdown,
        any_value(month) as month,
        max(value_lower) filter (is_total) as total_lower,
        max(value_upper) filter (is_total) as total_upper,
        sum(value_lower) filter (not is_total) as sum_lower,
        sum(value_upper) filter (not is_total) as sum_upper,
        min(value_lower) filter (not is_total) as least_lower,
        max(value_upper) filter (not is_total) as greatest_upper,
        count(*) filter (not is_total) as part_count,
        count(*) filter (is_total) = 0 or bool_or(is_missing) as is_missing,
        bool_or(is_suppressed) as has_suppressed,
        case
            when min(line_number) = max(line_number) then [min(line_number)]
            else
                list_sort(list_distinct(coalesce(
                    list(line_number) filter (rule_code <> 'average_is_mean_of_months'),
                    [min(line_number), max(line_number)]
                )))
        end as line_numbers,
        min(line_number) filter (is_total) as total_line_number
    from check_terms
    group by instance_key

),

compared as (

    select
        *,
        case rule_code
            when 'totals_agree' then least_lower
            when 'average_is_mean_of_months' then {{ round_half_up('sum_lower', 'part_count') }}
            else sum_lower
        end as parts_lower,
        case rule_code
            when 'totals_agree' then greatest_upper
            when 'average_is_mean_of_months' then {{ round_half_up('sum_upper', 'part_count') }}
            else sum_upper
        end as parts_upper
    from instances

),

judged as (

    select
        *,
        case
            when rule_code <> 'totals_agree'
                then
                    {{ interval_verdict(
                        'total_lower', 'total_upper', 'parts_lower', 'parts_upper', 'is_missing', 'has_suppressed'
                    ) }}
            when total_lower <> parts_lower or total_upper <> parts_upper then 'violated'
            when has_suppressed then 'possible'
            else 'proven'
        end as verdict
    from compared

),

explained as (

    select
        report_id,
        rule_code,
        participant_group_code,
        measure_code,
        breakdown,
        if(month is null, 'average', 'month') as period_kind,
        month,
        total_lower,
        total_upper,
        parts_lower,
        parts_upper,
        verdict,
        line_numbers,
        case
            when verdict in ('proven', 'possible') then null
            when verdict = 'missing'
                then 'a total or an expected part is not printed, so there is nothing to compare'
            when rule_code = 'totals_agree'
                then
                    'copies of one total differ: ' || {{ interval_text('parts_lower', 'parts_upper') }}
                    || ' among them, ' || {{ interval_text('total_lower', 'total_upper') }}
                    || ' in line ' || total_line_number
            when rule_code = 'average_is_mean_of_months'
                then
                    'the mean of the months rounds to ' || {{ interval_text('parts_lower', 'parts_upper') }}
                    || ', the printed average in line ' || total_line_number || ' is '
                    || {{ interval_text('total_lower', 'total_upper') }}
            else
                'the parts sum to ' || {{ interval_text('parts_lower', 'parts_upper') }}
                || ', the printed total in line ' || total_line_number || ' is '
                || {{ interval_text('total_lower', 'total_upper') }}
        end as explanation
    from judged

)

select * from explained
