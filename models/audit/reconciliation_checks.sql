with

all_checks as (

    select * from {{ ref('all_checks') }}
    {{ where_in_work('report_id') }}

),

int_reports as (

    select * from {{ ref('int_reports') }}
    {{ where_in_work('report_id') }}

),

rules as (

    select * from {{ ref('rules') }}

),

-- A rule that found nothing to check in a report proves nothing about it.
unchecked_rules as (

    select
        int_reports.report_id,
        rules.rule_code,
        'missing' as verdict,
        [] as line_numbers,
        'nothing in the report could be checked by ' || rules.rule_code as explanation
    from int_reports
    cross join rules
    anti join all_checks on int_reports.report_id = all_checks.report_id and rules.rule_code = all_checks.rule_code

),

checks_of_every_rule as (

    select * from all_checks
    union all by name
    select * from unchecked_rules

),

with_places as (

    select
        checks.report_id,
        checks.rule_code,
        checks.participant_group_code,
        checks.measure_code,
        checks.breakdown,
        checks.period_kind,
        checks.month,
        checks.total_lower::bigint as total_lower,
        checks.total_upper::bigint as total_upper,
        checks.parts_lower::bigint as parts_lower,
        checks.parts_upper::bigint as parts_upper,
        checks.verdict,
        checks.line_numbers,
        if(
            checks.verdict in ('violated', 'missing'),
            concat(
                int_reports.file_name, ':' || checks.line_numbers[1], ': ',
                concat_ws(
                    ' ',
                    'group ' || nullif(checks.participant_group_code, 'all'),
                    'measure ' || nullif(checks.measure_code, 'all'),
                    'by ' || nullif(checks.breakdown, 'none'),
                    strftime(checks.month, '%Y-%m')
                ),
                ': ', checks.explanation
            ),
            null
        ) as explanation
    from checks_of_every_rule as checks
    inner join int_reports on checks.report_id = int_reports.report_id

)

select * from with_places
