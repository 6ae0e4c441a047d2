with

disclosure_rules as (

    select * from {{ ref('disclosure_rules') }}

),

terms as (

    select
        report_id,
        rule_number,
        unnest(stars, recursive := true)
    from disclosure_rules

),

-- Stars and rules are numbered within the report, without gaps, for a function that takes them as lists.
stars as (

    select
        report_id,
        line_number,
        column_number,
        value_lower,
        value_upper,
        row_number() over (partition by report_id order by line_number, column_number)::integer as star_number
    from (select distinct on (report_id, line_number, column_number) * from terms)

),

stars_of_reports as (

    select
        report_id,
        list({ 'lower': value_lower, 'upper': value_upper } order by star_number) as stars
    from stars
    group by report_id

),

sums as (

    select
        rules.report_id,
        rules.rule_number,
        rules.sum_lower,
        rules.sum_upper,
        list(stars.star_number order by stars.star_number) as stars,
        list(terms.coefficient order by stars.star_number) as coefficients
    from disclosure_rules as rules
    inner join terms on rules.report_id = terms.report_id and rules.rule_number = terms.rule_number
    inner join stars
        on
        terms.report_id = stars.report_id
        and terms.line_number = stars.line_number
        and terms.column_number = stars.column_number
    group by all

),

sums_of_reports as (

    select
        report_id,
        list(
            { 'stars': stars, 'coefficients': coefficients, 'lower': sum_lower, 'upper': sum_upper }
            order by rule_number
        ) as sums,
        list(rule_number order by rule_number) as rule_numbers
    from sums
    group by report_id

),

reports as (

    select
        sums_of_reports.report_id,
        sums_of_reports.rule_numbers,
        exposures(stars_of_reports.stars, sums_of_reports.sums) as exposures
    from sums_of_reports
    inner join stars_of_reports on sums_of_reports.report_id = stars_of_reports.report_id

),

bounds as (

    select
        stars.report_id,
        stars.line_number,
        stars.column_number,
        reports.exposures = [] as is_contradictory,
        reports.exposures[stars.star_number].lower as exact_lower,
        reports.exposures[stars.star_number].upper as exact_upper,
        list_transform(
            reports.exposures[stars.star_number].sums, lambda place: reports.rule_numbers[place]
        ) as rule_numbers
    from stars
    inner join reports on stars.report_id = reports.report_id

)

select * from bounds
