{%- set show_values = var('show_disclosed_values') -%}

with

int_printed_rows as (

    select * from {{ ref('int_printed_rows') }}

),

int_printed_cells as (

    select * from {{ ref('int_printed_cells') }}

),

disclosure_rules as (

    select * from {{ ref('disclosure_rules') }}

),

disclosure_bounds as (

    select * from {{ ref('disclosure_bounds') }}

),

rules_of_stars as (

    select
        narrowed.report_id,
        narrowed.line_number,
        narrowed.column_number,
        list(rules.rule_text order by rules.rule_number) as exposing_rules,
        list_sort(list_distinct(flatten(list(rules.line_numbers)))) as line_numbers
    from (
        select
            report_id,
            line_number,
            column_number,
            unnest(rule_numbers) as rule_number
        from disclosure_bounds
    ) as narrowed
    inner join disclosure_rules as rules
        on narrowed.report_id = rules.report_id and narrowed.rule_number = rules.rule_number
    group by all

),

-- A star in no sum at all has nothing to give it away.
risks as (

    select
        cells.report_id,
        cells.line_number,
        cells.column_number,
        printed.participant_group_code,
        printed.measure_code,
        printed.breakdown,
        printed.category_code,
        cells.period_kind::varchar as period_kind,
        cells.month,
        printed.row_role = 'copy_of_total' as is_copy_of_total,
        case
            when bounds.is_contradictory then 'undecided'
            when bounds.possible_values = 1 then 'pinned'
            when bounds.possible_values <= cells.value_upper - cells.value_lower then 'narrowed'
            else 'protected'
        end as exposure,
        coalesce(rules_of_stars.exposing_rules, []) as exposing_rules,
        coalesce(rules_of_stars.line_numbers, []) as exposing_line_numbers,
        if({{ show_values }}, coalesce(bounds.exact_lower, cells.value_lower), null) as disclosed_lower,
        if({{ show_values }}, coalesce(bounds.exact_upper, cells.value_upper), null) as disclosed_upper
    from int_printed_cells as cells
    inner join int_printed_rows as printed on cells.row_key = printed.row_key
    left join disclosure_bounds as bounds
        on
        cells.report_id = bounds.report_id
        and cells.line_number = bounds.line_number
        and cells.column_number = bounds.column_number
    left join rules_of_stars
        on
        cells.report_id = rules_of_stars.report_id
        and cells.line_number = rules_of_stars.line_number
        and cells.column_number = rules_of_stars.column_number
    where cells.is_suppressed

)

select * from risks
