{% test rule_holds(model, rule_code) %}

with

failed_checks as (

    select
        report_id,
        explanation,
        participant_group_code,
        measure_code,
        breakdown,
        period_kind,
        month,
        total_lower,
        total_upper,
        parts_lower,
        parts_upper,
        verdict,
        line_numbers
    from {{ model }}
    where rule_code = '{{ rule_code }}' and verdict not in ('proven', 'possible')

),

-- A rule that was never asked proves nothing: a report without any instance of it fails.
unchecked_reports as (

    select
        reports.report_id,
        reports.file_name || ': nothing in the report could be checked by {{ rule_code }}' as explanation
    from {{ ref('int_reports') }} as reports
    anti join (select report_id from {{ model }} where rule_code = '{{ rule_code }}') as checks using (report_id)

)

select * from failed_checks
union all by name
select * from unchecked_reports

{% endtest %}
