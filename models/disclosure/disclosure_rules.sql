with

check_terms as (

    select * from {{ ref('check_terms') }}

),

terms_of_sums as (

    select
        * replace (if(rule_code = 'average_is_mean_of_months', category_code, 'all') as category_code),
        null as copy_line_number
    from check_terms
    where rule_code <> 'totals_agree'

),

-- Every copy of a total equals the first one: a rule of its own, told apart by the line of the copy.
terms_of_copies as (

    select
        totals.*,
        copies.line_number as copy_line_number
    from check_terms as copies
    inner join check_terms as totals
        on
        copies.report_id = totals.report_id
        and copies.rule_code = totals.rule_code
        and copies.participant_group_code = totals.participant_group_code
        and copies.measure_code = totals.measure_code
        and copies.period_kind = totals.period_kind
        and copies.month is not distinct from totals.month
        and (totals.term_role = 'total' or copies.line_number = totals.line_number)
    where copies.rule_code = 'totals_agree' and copies.term_role = 'part'

),

terms as (

    select
        *,
        dense_rank() over (
            partition by report_id
            order by
                rule_code,
                participant_group_code,
                measure_code,
                breakdown,
                category_code,
                period_kind,
                month,
                copy_line_number
        ) as rule_number
    from (
        select * from terms_of_sums
        union all
        select * from terms_of_copies
    )

),

-- A printed average of n months is their mean rounded half up: -n/2 <= sum of months - n * average < n/2.
with_coefficients as (

    select
        *,
        if(rule_code = 'average_is_mean_of_months', count(*) filter (term_role = 'part') over instance, 1)::integer
            as scale,
        if(term_role = 'part', 1, -scale) as coefficient,
        value_lower < value_upper as is_open
    from terms
    window instance as (partition by report_id, rule_number)

),

rules as (

    select
        report_id,
        rule_number,
        any_value(rule_code) as rule_code,
        list_sort(list_distinct(list(line_number))) as line_numbers,
        concat_ws(
            ' ',
            any_value(rule_code) || ':',
            'group ' || nullif(any_value(participant_group_code), 'all'),
            'measure ' || nullif(any_value(measure_code), 'all'),
            'by ' || nullif(any_value(breakdown), 'none'),
            nullif(any_value(category_code), 'all'),
            strftime(any_value(month), '%Y-%m'),
            '(lines ' || array_to_string(line_numbers, ', ') || ')'
        ) as rule_text,
        coalesce(sum(coefficient * value_lower) filter (not is_open), 0)::integer as printed_sum,
        -(any_value(scale) // 2) - printed_sum as sum_lower,
        (any_value(scale) - 1) // 2 - printed_sum as sum_upper,
        list({
            'line_number': line_number,
            'column_number': column_number,
            'coefficient': coefficient,
            'value_lower': value_lower,
            'value_upper': value_upper
        } order by line_number, column_number) filter (is_open) as stars
    from with_coefficients
    group by report_id, rule_number
    having
        not bool_or(is_missing)
        and count(*) filter (term_role = 'total') = 1
        and count(*) filter (is_open) > 0

)

select * from rules
