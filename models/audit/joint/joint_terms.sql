with

check_terms as not materialized (

    select * from {{ ref('check_terms') }}
    {{ where_in_work('report_id') }}

),

int_reports as (

    select * from {{ ref('int_reports') }}
    {{ where_in_work('report_id') }}

),

reports as (

    select
        report_id,
        datediff('month', period_start, period_end)::integer + 1 as month_count
    from int_reports

),

-- A sum that lacks a term says nothing. A row that was left out because it is zero adds nothing.
terms_of_sums_and_averages as (

    select
        terms.report_id,
        terms.instance_key as rule_key,
        terms.rule_code = 'average_is_mean_of_months' as is_average,
        reports.month_count,
        case when not terms.is_total then 1 when is_average then -reports.month_count else -1 end as coefficient,
        terms.value_lower,
        terms.value_upper,
        terms.line_number,
        terms.column_number
    from check_terms as terms
    inner join reports on terms.report_id = reports.report_id
    where
        terms.rule_code <> 'totals_agree'
        and terms.line_number is not null
        and terms.instance_key not in (
            select missing.instance_key from check_terms as missing
            where missing.is_missing
        )

),

agreements as (

    select
        terms.*,
        reports.month_count,
        false as is_average
    from check_terms as terms
    inner join reports on terms.report_id = reports.report_id
    where terms.rule_code = 'totals_agree'

),

copies as (

    select
        *,
        hash(report_id, instance_key, line_number, column_number) as rule_key,
        1 as coefficient
    from agreements
    where not is_total

),

first_prints_of_copies as (

    select
        firsts.*,
        copies.rule_key,
        -1 as coefficient
    from copies
    inner join agreements as firsts on copies.instance_key = firsts.instance_key and firsts.is_total

),

-- A total printed again brings its average and its months along, which can be checked in that line.
averages_of_copies as (

    select
        * replace (
            true as is_average,
            hash(report_id, line_number) as rule_key,
            if(month is null, -month_count, 1) as coefficient
        )
    from copies
    qualify
        count(*) over (partition by hash(report_id, line_number)) = month_count + 1

),

-- Each part of a union that is written leaves part-filled row groups, which take long to merge when a build ends: these
-- three are small, and written as one.
terms_of_copies as materialized (

    select * from copies
    union all by name
    select * from first_prints_of_copies
    union all by name
    select * from averages_of_copies

),

terms as (

    select
        report_id,
        rule_key,
        hash(report_id, line_number, column_number) as cell_key,
        line_number,
        column_number,
        coefficient::integer as coefficient,
        value_lower as cell_lower,
        value_upper as cell_upper,
        if(is_average, {{ rounding_slack_lower('month_count') }}, 0) as rule_lower,
        if(is_average, {{ rounding_slack_upper('month_count') }}, 0) as rule_upper
    from (
        select * from terms_of_sums_and_averages
        union all by name
        select * from terms_of_copies
    )

)

select * from terms
