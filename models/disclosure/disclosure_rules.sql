{{ config(materialized='view') }}

with

suppressed_terms as (

    select * from {{ ref('suppressed_terms') }}

),

rule_terms as (

    select * from {{ ref('rule_terms') }}

),

rule_rows as (

    select * from {{ ref('rule_rows') }}

),

int_printed_rows as (

    select * from {{ ref('int_printed_rows') }}

),

int_printed_cells as (

    select * from {{ ref('int_printed_cells') }}

),

terms_in_place as (

    select
        terms.rule_key,
        terms.coefficient,
        terms.cell_lower,
        terms.cell_upper,
        cells.report_id,
        cells.row_key,
        cells.line_number,
        cells.column_number,
        cells.month
    from rule_terms as terms
    inner join int_printed_cells as cells
        on terms.cell_key = {{ cell_key('cells.row_key', 'cells.column_number') }}
    where terms.rule_key in (select suppressed_terms.rule_key from suppressed_terms)

),

-- A rule on an average is of no month, as its total is.
rules_in_place as (

    select
        report_id,
        rule_key,
        max(row_key) filter (coefficient < 0) as total_row_key,
        max(row_key) filter (coefficient > 0) as part_row_key,
        max(month) filter (coefficient < 0 or row_key <> rule_key) as month,
        list_sort(list_distinct(list(line_number))) as line_numbers,
        list({
            'line_number': line_number,
            'column_number': column_number,
            'coefficient': coefficient,
            'value_lower': cell_lower,
            'value_upper': cell_upper
        } order by line_number, column_number) filter (cell_lower < cell_upper) as suppressed_cells
    from terms_in_place
    group by report_id, rule_key

),

rests as (

    select
        rule_key,
        any_value(rest_lower)::integer as rest_lower,
        any_value(rest_upper)::integer as rest_upper
    from suppressed_terms
    group by rule_key

),

-- What a sum or a copy is about stands beside its total.
descriptions as (

    select
        rules.rule_key,
        totals.rule_code,
        totals.participant_group_code,
        totals.measure_code,
        totals.breakdown,
        'all' as category_code
    from rules_in_place as rules
    inner join rule_rows as printed
        on
        coalesce(rules.total_row_key, rules.part_row_key) = printed.row_key
        and rules.rule_key in (
            {{ rule_key('printed.subject_key', 'rules.month') }},
            {{ rule_key(copy_key('printed.subject_key', 'rules.part_row_key'), 'rules.month') }}
        )
    inner join rule_rows as totals on printed.subject_key = totals.subject_key and totals.is_total
    union all
    select
        row_key as rule_key,
        'average_is_mean_of_months' as rule_code,
        participant_group_code,
        measure_code,
        breakdown,
        category_code
    from int_printed_rows

),

-- Rules are numbered in an order that a person can follow, by what they are about.
numbered as (

    select
        rules.report_id,
        row_number() over (
            partition by rules.report_id
            order by
                descriptions.rule_code,
                descriptions.participant_group_code,
                descriptions.measure_code,
                descriptions.breakdown,
                descriptions.category_code,
                rules.month nulls first,
                rules.line_numbers
        ) as rule_number,
        descriptions.rule_code,
        rules.line_numbers,
        concat_ws(
            ' ',
            descriptions.rule_code || ':',
            'group ' || nullif(descriptions.participant_group_code, 'all'),
            'measure ' || nullif(descriptions.measure_code, 'all'),
            'by ' || nullif(descriptions.breakdown, 'none'),
            nullif(descriptions.category_code, 'all'),
            strftime(rules.month, '%Y-%m'),
            '(lines ' || array_to_string(rules.line_numbers, ', ') || ')'
        ) as rule_text,
        rests.rest_lower,
        rests.rest_upper,
        rules.suppressed_cells
    from rules_in_place as rules
    inner join rests on rules.rule_key = rests.rule_key
    inner join descriptions on rules.rule_key = descriptions.rule_key

)

select * from numbered
