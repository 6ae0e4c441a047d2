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
        check_terms.*,
        hash(
            check_terms.report_id,
            check_terms.rule_code,
            check_terms.participant_group_code,
            check_terms.measure_code,
            check_terms.breakdown,
            if(check_terms.rule_code = 'average_is_mean_of_months', check_terms.category_code, 'all'),
            check_terms.period_kind,
            check_terms.month
        ) as instance_key,
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
        if(term_role = 'total', if(rule_code = 'average_is_mean_of_months', -month_count, -1), 1) as coefficient
    from keyed_terms
    where
        rule_code <> 'totals_agree'
        and line_number is not null
        and instance_key not in (select instance_key from incomplete_instances)

),

copies as (

    select
        *,
        hash(report_id, rule_code, line_number, column_number) as rule_key,
        1 as coefficient
    from keyed_terms
    where rule_code = 'totals_agree' and term_role = 'part'

),

first_prints_of_copies as (

    select
        firsts.*,
        copies.rule_key,
        -1 as coefficient
    from copies
    inner join keyed_terms as firsts on copies.instance_key = firsts.instance_key and firsts.term_role = 'total'

),

-- A total printed again brings its average and its months along, which can be checked in that line.
averages_of_copies as (

    select
        * replace (
            'average_is_mean_of_months' as rule_code,
            hash(report_id, 'average_is_mean_of_months', line_number) as rule_key,
            if(period_kind = 'average', -month_count, 1) as coefficient
        )
    from copies
    qualify
        count(*) over (partition by report_id, line_number) = month_count + 1

),

terms as (

    select
        report_id,
        rule_key,
        rule_code,
        cell_key,
        line_number,
        column_number,
        coefficient::integer as coefficient,
        value_lower as cell_lower,
        value_upper as cell_upper,
        if(rule_code = 'average_is_mean_of_months', {{ rounding_slack_lower('month_count') }}, 0) as rule_lower,
        if(rule_code = 'average_is_mean_of_months', {{ rounding_slack_upper('month_count') }}, 0) as rule_upper
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
