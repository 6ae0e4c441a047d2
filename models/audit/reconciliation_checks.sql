with

sum_checks as (

    select * from {{ ref('sum_checks') }}

),

copy_checks as (

    select * from {{ ref('copy_checks') }}

),

average_checks as (

    select * from {{ ref('average_checks') }}

),

printed_number_checks as (

    select * from {{ ref('printed_number_checks') }}

),

row_checks as (

    select * from {{ ref('row_checks') }}

),

cell_checks as (

    select * from {{ ref('cell_checks') }}

),

label_checks as (

    select * from {{ ref('label_checks') }}

),

month_checks as (

    select * from {{ ref('month_checks') }}

),

joint_checks as (

    select * from {{ ref('joint_checks') }}

),

family_checks as (

    select * from {{ ref('family_checks') }}

),

legibility_checks as (

    select * from {{ ref('legibility_checks') }}

),

int_reports as (

    select * from {{ ref('int_reports') }}
    {{ where_in_scope('report_id') }}

),

stg_nav__cells as (

    select * from {{ ref('stg_nav__cells') }}
    {{ where_in_scope('report_id') }}

),

rules as (

    select * from {{ ref('rules') }}

),

int_expected_rows as (

    select * from {{ ref('int_expected_rows') }}

),

-- Each part of a union that is written leaves part-filled row groups, which take long to write and to merge: gathered
-- first, they are written as one.
checks as materialized (

    select * from sum_checks
    union all by name
    select * from copy_checks
    union all by name
    select * from average_checks
    union all by name
    select * from printed_number_checks
    union all by name
    select * from row_checks
    union all by name
    select * from cell_checks
    union all by name
    select * from label_checks
    union all by name
    select * from month_checks
    union all by name
    select * from joint_checks
    union all by name
    select * from family_checks
    union all by name
    select * from legibility_checks

),

-- A rule on a breakdown is of no report that should not print it; which those are is not known without a family. A rule
-- between reports is of those that have the others beside them.
rules_of_reports as (

    select
        int_reports.report_id,
        int_reports.file_name,
        rules.rule_code
    from int_reports
    cross join rules
    where
        rules.rule_code <> 'families_sum_to_main_groups'
        and (
            rules.breakdown is null
            or int_reports.family_code is null
            or (int_reports.report_id, rules.breakdown) in (
                select (expected.report_id, expected.breakdown) from int_expected_rows as expected
            )
        )

),

-- A rule that found nothing to check in a report proves nothing about it.
checks_of_every_rule as (

    select
        coalesce(checks.report_id, rules_of_reports.report_id) as report_id,
        coalesce(checks.rule_code, rules_of_reports.rule_code) as rule_code,
        checks.* exclude (report_id, rule_code, verdict, line_numbers, explanation),
        coalesce(checks.verdict, 'missing') as verdict,
        coalesce(checks.line_numbers, []) as line_numbers,
        if(
            checks.verdict is null,
            'nothing in the report could be checked by ' || rules_of_reports.rule_code,
            checks.explanation
        ) as explanation,
        reports.file_name
    from checks
    full outer join rules_of_reports
        on checks.report_id = rules_of_reports.report_id and checks.rule_code = rules_of_reports.rule_code
    inner join int_reports as reports
        on coalesce(checks.report_id, rules_of_reports.report_id) = reports.report_id

),

-- The row that a failing check is told of, in files whose sheets or pages say where that is.
rows_on_pages as (

    select
        report_id,
        line_number,
        {{ place_of('line_number', 'sheet_name', 'page_number', 'line_on_page') }} as place
    from stg_nav__cells
    where column_number = 1 and line_on_page is not null

),

with_places as (

    select
        checks.report_id,
        rule_code,
        participant_group_code,
        measure_code,
        breakdown,
        period_kind,
        month,
        total_lower::bigint as total_lower,
        if(total_upper >= {{ open_upper() }}, null, total_upper)::bigint as total_upper,
        parts_lower::bigint as parts_lower,
        if(parts_upper >= {{ open_upper() }}, null, parts_upper)::bigint as parts_upper,
        verdict,
        line_numbers,
        if(
            verdict in ('violated', 'missing'),
            concat(
                file_name, ':' || coalesce(printed.place, line_numbers[1]::varchar), ': ',
                nullif(concat_ws(
                    ' ',
                    'group ' || nullif(participant_group_code, 'all'),
                    'measure ' || nullif(measure_code, 'all'),
                    'by ' || nullif(breakdown, 'none'),
                    strftime(month, '%Y-%m')
                ), '') || ': ',
                explanation
            ),
            null
        ) as explanation
    from checks_of_every_rule as checks
    left join rows_on_pages as printed
        on checks.report_id = printed.report_id and checks.line_numbers[1] = printed.line_number

)

select * from with_places
