with

check_terms as (

    select * from {{ ref('check_terms') }}
    {{ where_in_work('report_id') }}

),

int_reports as (

    select * from {{ ref('int_reports') }}
    {{ where_in_work('report_id') }}

),

keyed_terms as (

    select
        check_terms.report_id,
        check_terms.instance_key,
        check_terms.rule_code = 'average_is_mean_of_months' as is_average,
        check_terms.rule_code = 'totals_agree' as is_agreement,
        check_terms.is_total,
        check_terms.is_missing,
        check_terms.month,
        check_terms.value_lower,
        check_terms.value_upper,
        check_terms.line_number,
        check_terms.column_number,
        hash(check_terms.report_id, check_terms.line_number, check_terms.column_number) as cell_key,
        datediff('month', int_reports.period_start, int_reports.period_end)::integer + 1 as month_count
    from check_terms
    inner join int_reports on check_terms.report_id = int_reports.report_id

),

incomplete_instances as (

    select distinct instance_key from keyed_terms
    where is_missing

),

-- A sum that lacks a term says nothing. A row that was left out because it is zero adds nothing.
terms_of_sums_and_averages as (

    select
        *,
        instance_key as rule_key,
        if(is_total, if(is_average, -month_count, -1), 1) as coefficient
    from keyed_terms
    where
        not is_agreement
        and line_number is not null
        and instance_key not in (select instance_key from incomplete_instances)

),

copies as (

    select
        *,
        hash(cell_key) as rule_key,
        1 as coefficient
    from keyed_terms
    where is_agreement and not is_total

),

first_prints_of_copies as (

    select
        firsts.*,
        copies.rule_key,
        -1 as coefficient
    from copies
    inner join keyed_terms as firsts on copies.instance_key = firsts.instance_key and firsts.is_total

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

terms as (

    select
        report_id,
        rule_key,
        cell_key,
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
        select * from copies
        union all by name
        select * from first_prints_of_copies
        union all by name
        select * from averages_of_copies
    )

)

select * from terms
