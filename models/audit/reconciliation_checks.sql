with

all_checks as (

    select * from {{ ref('all_checks') }}

),

int_reports as (

    select * from {{ ref('int_reports') }}

),

with_places as (

    select
        all_checks.report_id,
        all_checks.rule_code,
        all_checks.participant_group_code,
        all_checks.measure_code,
        all_checks.breakdown,
        all_checks.period_kind,
        all_checks.month,
        all_checks.total_lower::bigint as total_lower,
        all_checks.total_upper::bigint as total_upper,
        all_checks.parts_lower::bigint as parts_lower,
        all_checks.parts_upper::bigint as parts_upper,
        all_checks.verdict,
        all_checks.line_numbers,
        if(
            all_checks.verdict in ('violated', 'missing'),
            concat(
                int_reports.file_name, ':' || all_checks.line_numbers[1], ': ',
                concat_ws(
                    ' ',
                    'group ' || nullif(all_checks.participant_group_code, 'all'),
                    'measure ' || nullif(all_checks.measure_code, 'all'),
                    'by ' || nullif(all_checks.breakdown, 'none'),
                    strftime(all_checks.month, '%Y-%m')
                ),
                ': ', all_checks.explanation
            ),
            null
        ) as explanation
    from all_checks
    inner join int_reports on all_checks.report_id = int_reports.report_id

)

select * from with_places
