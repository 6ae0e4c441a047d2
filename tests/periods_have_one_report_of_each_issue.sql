-- Neither the name of a file nor the time at which it was loaded tells a correction from the original.
with

int_reports as (

    select * from {{ ref('int_reports') }}

),

alike as (

    select
        family_code,
        period_start,
        period_end,
        issue_number,
        list(report_id order by report_id) as report_ids,
        list(file_name order by report_id) as file_names
    from int_reports
    group by all
    having count(*) > 1

)

select
    report_ids,
    file_names[1] || ': found ' || len(report_ids) || ' reports that are issue ' || issue_number || ' of one period, '
    || list_aggregate(file_names, 'string_agg', ' and ')
    || '; expected one, or a row in seeds/report_issues.csv for the one that was issued later: '
    || report_ids[-1] || ',' || issue_number + 1 || ',REASON (or the row of another of them)' as explanation
from alike
