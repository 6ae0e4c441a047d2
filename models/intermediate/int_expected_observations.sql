with

int_expected_rows as (

    select * from {{ ref('int_expected_rows') }}

),

int_observations as (

    select * from {{ ref('int_observations') }}
    {{ where_in_work('report_id') }}

),

int_reports as (

    select * from {{ ref('int_reports') }}
    {{ where_in_work('report_id') }}

),

expected_periods as (

    select
        report_id,
        'month' as period_kind,
        unnest(generate_series(period_start, period_end, interval 1 month))::date as month
    from int_reports
    union all
    select
        report_id,
        'average' as period_kind,
        null as month
    from int_reports

),

-- An optional row that is not printed is zero throughout; a required one that is not printed is missing.
expected_observations as (

    select
        expected.report_id,
        expected.participant_group_code,
        expected.measure_code,
        expected.breakdown,
        expected.category_code,
        periods.period_kind,
        periods.month,
        coalesce(observed.value_lower, if(expected.is_optional, 0, null)) as value_lower,
        coalesce(observed.value_upper, if(expected.is_optional, 0, null)) as value_upper,
        coalesce(observed.is_suppressed, false) as is_suppressed,
        observed.line_number is not null as is_printed,
        observed.line_number is null and not expected.is_optional as is_missing,
        observed.line_number,
        observed.column_number
    from int_expected_rows as expected
    inner join expected_periods as periods on expected.report_id = periods.report_id
    left join int_observations as observed
        on
        hash(
            expected.report_id,
            expected.participant_group_code,
            expected.measure_code,
            expected.breakdown,
            expected.category_code,
            periods.month
        ) = hash(
            observed.report_id,
            observed.participant_group_code,
            observed.measure_code,
            observed.breakdown,
            observed.category_code,
            observed.month
        )

)

select * from expected_observations
