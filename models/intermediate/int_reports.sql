with

stg_nav__reports as (

    select * from {{ ref('stg_nav__reports') }}
    {{ where_in_scope('report_id') }}

),

int_rows_as_printed as (

    select * from {{ ref('int_rows_as_printed') }}

),

int_printed_labels as (

    select * from {{ ref('int_printed_labels') }}
    {{ where_in_scope('report_id') }}

),

int_measures as (

    select * from {{ ref('int_measures') }}

),

measure_families as (

    select * from {{ ref('measure_families') }}

),

report_issues as (

    select * from {{ ref('report_issues') }}

),

-- Every family of reports has measures of its own, so the measures that a report prints tell its family.
families_by_rows as (

    select
        printed.report_id,
        measures.family_code,
        count(*) as row_count
    from int_rows_as_printed as printed
    inner join int_printed_labels as labels using (report_id, row_label, is_total_row)
    inner join int_measures as measures
        on labels.label_kind = 'measure' and labels.category_code = measures.measure_code
    group by all

),

most_frequent_family as (

    select
        report_id,
        arg_max(family_code, (row_count, family_code)) as family_code
    from families_by_rows
    group by report_id

),

editions as (

    select
        reports.report_id,
        reports.file_name,
        families.family_code,
        reports.period_end as edition_month,
        reports.period_start,
        reports.period_end,
        reports.suppression_threshold,
        reports.loaded_at,
        reports.file_format,
        coalesce(issues.issue_number, 1) as issue_number,
        coalesce(measure_families.holds_main_groups, false) as holds_main_groups
    from stg_nav__reports as reports
    left join most_frequent_family as families on reports.report_id = families.report_id
    left join measure_families on families.family_code = measure_families.family_code
    left join report_issues as issues on reports.report_id = issues.report_id

)

select * from editions
