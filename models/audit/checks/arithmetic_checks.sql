with

check_terms as not materialized (

    select * from {{ ref('check_terms') }}
    {{ where_in_work('report_id') }}

),

-- For a sum the instance is a table's month; for an average or a copied total it is one series. No two terms of a sum,
-- or prints of a total, stand in one line.
totals as (

    select * from check_terms
    where is_total

),

parts as (

    select
        instance_key,
        sum(value_lower)::bigint as sum_lower,
        sum(value_upper)::bigint as sum_upper,
        min(value_lower) as least_lower,
        max(value_upper) as greatest_upper,
        count(*) as part_count,
        bool_or(is_missing) as is_missing,
        bool_or(is_suppressed) as is_suppressed,
        min(line_number) as first_line_number,
        max(line_number) as last_line_number,
        list(line_number order by line_number) filter (
            rule_code <> 'average_is_mean_of_months' and line_number is not null
        ) as line_numbers
    from check_terms
    where not is_total
    group by instance_key

),

instances as (

    select
        totals.report_id,
        totals.rule_code,
        totals.participant_group_code,
        totals.measure_code,
        totals.breakdown,
        totals.month,
        totals.value_lower as total_lower,
        totals.value_upper as total_upper,
        totals.line_number as total_line_number,
        parts.sum_lower,
        parts.sum_upper,
        parts.least_lower,
        parts.greatest_upper,
        parts.part_count,
        totals.is_missing or coalesce(parts.is_missing, true) as is_missing,
        totals.is_suppressed or coalesce(parts.is_suppressed, false) as has_suppressed,
        case
            when totals.line_number = parts.first_line_number and totals.line_number = parts.last_line_number
                then [totals.line_number]
            when parts.line_numbers is null
                then list_sort(list_distinct([totals.line_number, parts.first_line_number, parts.last_line_number]))
            when totals.line_number < parts.first_line_number
                then list_prepend(totals.line_number, parts.line_numbers)
            when totals.line_number > parts.last_line_number
                then list_append(parts.line_numbers, totals.line_number)
            else list_sort(list_distinct(list_append(parts.line_numbers, totals.line_number)))
        end as line_numbers
    from totals
    left join parts on totals.instance_key = parts.instance_key

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
