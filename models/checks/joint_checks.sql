with

int_reports as (

    select * from {{ ref('int_reports') }}
    {{ where_in_scope('report_id') }}

),

int_printed_cells as (

    select * from {{ ref('int_printed_cells') }}
    {{ where_in_scope('report_id') }}

),

rule_terms as (

    select * from {{ ref('rule_terms') }}
    {{ where_in_scope('report_key') }}

),

complete_rules as (

    select * from {{ ref('complete_rules') }}

),

propagated_bounds as (

    select * from {{ ref('propagated_bounds') }}
    {{ where_in_scope('report_key') }}

),

misprinted_cells as (

    select * from {{ ref('misprinted_cells') }}
    {{ where_in_scope('report_key') }}

),

exact_findings as (

    select * from {{ ref('exact_findings') }}
    {{ where_in_scope('report_key') }}

),

rules_of_reports as (

    select
        report_key,
        count(*) as rule_count,
        count(*) filter (is_violated) as violated_count
    from complete_rules
    group by report_key

),

failing_cells as (

    select
        terms.cell_key,
        'alone' as failing
    from rule_terms as terms
    inner join complete_rules as rules on terms.rule_key = rules.rule_key
    where rules.is_violated
    union all
    select
        cell_key,
        'misprinted' as failing
    from misprinted_cells
    union all
    select
        cell_key,
        'together' as failing
    from propagated_bounds
    where is_contradiction
    union all
    select
        cell_key,
        'together' as failing
    from exact_findings
    where finding = 'contradiction'

),

failures as (

    select
        cells.report_id,
        bool_or(failing_cells.failing <> 'together') as is_violated_alone,
        list_sort(list_distinct(list(cells.line_number))) as line_numbers
    from failing_cells
    inner join int_printed_cells as cells
        on failing_cells.cell_key = {{ cell_key('cells.row_key', 'cells.column_number') }}
    group by cells.report_id

),

reports_with_stars as (

    select distinct report_key from propagated_bounds

),

reports_given_up as (

    select distinct report_key from exact_findings
    where finding = 'given_up'

),

judged as (

    select
        int_reports.report_id,
        'rules_hold_together' as rule_code,
        null as participant_group_code,
        null as measure_code,
        null as breakdown,
        null as period_kind,
        null as month,
        coalesce(rules.rule_count, 0) as total_lower,
        coalesce(rules.rule_count, 0) as total_upper,
        coalesce(rules.rule_count - rules.violated_count, 0) as parts_lower,
        coalesce(rules.rule_count - rules.violated_count, 0) as parts_upper,
        case
            when failures.report_id is not null then 'violated'
            when rules.rule_count is null then 'missing'
            when stars.report_key is not null then 'possible'
            else 'proven'
        end as verdict,
        coalesce(failures.line_numbers, []) as line_numbers,
        case
            when rules.rule_count is null
                then 'no sum, average or copy of a total could be read, so no rule can be tried'
            when failures.is_violated_alone
                then 'no numbers satisfy all rules at once, as some fail by themselves'
            else
                'each rule can hold by itself, but no numbers under the stars satisfy all of them at once; the stars '
                || 'concerned are in lines ' || array_to_string(failures.line_numbers, ', ')
        end || if(
            given_up.report_key is null,
            '',
            '; the search for figures that explain it took too many steps and was given up: some may not be named'
        ) as explanation
    from int_reports
    left join rules_of_reports as rules on {{ report_key('int_reports') }} = rules.report_key
    left join failures on int_reports.report_id = failures.report_id
    left join reports_with_stars as stars on {{ report_key('int_reports') }} = stars.report_key
    left join reports_given_up as given_up on {{ report_key('int_reports') }} = given_up.report_key

)

select * from judged
