with

int_expected_rows as (

    select * from {{ ref('int_expected_rows') }}

),

rules as (

    select * from {{ ref('rules') }}

),

rule_rows as (

    select * from {{ ref('rule_rows') }}
    {{ where_in_scope('report_id') }}

),

rule_sums as (

    select * from {{ ref('rule_sums') }}
    {{ where_in_scope('report_key') }}

),

int_reports as (

    select * from {{ ref('int_reports') }}
    {{ where_in_scope('report_id') }}

),

-- The sum that a row which is left out would take part in.
rows_left_out as (

    select
        expected.report_id,
        expected.participant_group_code,
        expected.measure_code,
        expected.breakdown,
        expected.category_code,
        rules.rule_code,
        if(expected.breakdown = 'none', 'all', expected.measure_code) as measure_of_sum
    from int_expected_rows as expected
    inner join rules
        on expected.breakdown = if(rules.rule_code = 'measures_sum_to_total', 'none', rules.breakdown)
    where expected.line_number is null and expected.is_optional

),

sums_by_month as (

    select
        subjects.report_id,
        subjects.rule_code,
        subjects.participant_group_code,
        subjects.measure_code,
        sums.parts_upper < sums.total_lower as is_short,
        sums.parts_lower > sums.total_upper as is_long
    from rule_rows as subjects
    inner join int_reports as reports on subjects.report_id = reports.report_id
    cross join unnest(generate_series(reports.period_start, reports.period_end, interval 1 month)) as months (month)
    inner join rule_sums as sums
        on {{ rule_key('subjects.subject_key', 'months.month::date') }} = sums.rule_key
    where subjects.is_total and subjects.rule_code <> 'totals_agree' and sums.is_complete

),

-- One wrong figure makes a sum short in one month, a row that is missing in all of them. A row that stands elsewhere
-- makes another sum too long.
short_sums as (

    select
        report_id,
        rule_code,
        participant_group_code,
        measure_code
    from sums_by_month
    group by all
    having bool_and(is_short) and count(*) > 1

),

reports_with_long_sums as (

    select distinct report_id from sums_by_month
    where is_long

),

left_out_wrongly as (

    select rows_left_out.* exclude (rule_code, measure_of_sum)
    from rows_left_out
    inner join short_sums
        on
        rows_left_out.report_id = short_sums.report_id
        and rows_left_out.rule_code = short_sums.rule_code
        and rows_left_out.participant_group_code = short_sums.participant_group_code
        and rows_left_out.measure_of_sum = short_sums.measure_code
    anti join reports_with_long_sums on rows_left_out.report_id = reports_with_long_sums.report_id

)

select * from left_out_wrongly
