with

stg_nav__reports as (

    select * from {{ ref('stg_nav__reports') }}
    {{ where_in_work('report_id') }}

),

stg_nav__cells as (

    select * from {{ ref('stg_nav__cells') }}
    {{ where_in_work('report_id') }}

),

int_printed_labels as (

    select * from {{ ref('int_printed_labels') }}
    {{ where_in_work('report_id') }}

),

measures as (

    select * from {{ ref('measures') }}

),

-- Every family of reports has measures of its own, so the measures that a report prints tell its family.
families_by_rows as (

    select
        cells.report_id,
        measures.family_code,
        count(*) as row_count
    from stg_nav__cells as cells
    inner join int_printed_labels as labels
        on
        cells.report_id = labels.report_id
        and cells.row_label = labels.row_label
        and (cells.row_number = 1) = labels.is_total_row
    inner join measures on labels.dimension = 'measure' and labels.category_code = measures.measure_code
    where cells.column_number = 1
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
        reports.loaded_at
    from stg_nav__reports as reports
    left join most_frequent_family as families on reports.report_id = families.report_id

)

select * from editions
