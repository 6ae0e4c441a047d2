with

check_terms as (

    select * from {{ ref('check_terms') }}

),

terms_of_sums as (

    select
        *,
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
        copies.instance_key = totals.instance_key
        and (totals.is_total or copies.line_number = totals.line_number)
    where copies.rule_code = 'totals_agree' and not copies.is_total

),

terms_of_rules as (

    select * from terms_of_sums
    union all
    select * from terms_of_copies

),

-- Rules are numbered in an order that a person can follow, by what they are about.
numbered as (

    select
        instance_key,
        copy_line_number,
        row_number() over (
            partition by report_id
            order by
                rule_code,
                participant_group_code,
                measure_code,
                breakdown,
                category_code,
                month nulls first,
                copy_line_number
        ) as rule_number
    from terms_of_rules
    where is_total

),

terms as (

    select
        terms_of_rules.*,
        numbered.rule_number
    from terms_of_rules
    inner join numbered
        on
        terms_of_rules.instance_key = numbered.instance_key
        and terms_of_rules.copy_line_number is not distinct from numbered.copy_line_number

),

-- A printed average of n months is their mean rounded half up: -n/2 <= sum of months - n * average < n/2.
with_coefficients as (

    select
        *,
        if(rule_code = 'average_is_mean_of_months', count(*) filter (not is_total) over instance, 1)::integer
            as scale,
        if(is_total, -scale, 1) as coefficient,
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
        and count(*) filter (is_total) = 1
        and count(*) filter (is_open) > 0

)

select * from rules
