with

stg_nav__reports as (

    select * from {{ ref('stg_nav__reports') }}

),

int_reports as (

    select * from {{ ref('int_reports') }}

),

months as (

    select * from {{ ref('months') }}

),

reports_described as (

    select
        reports.report_id,
        editions.edition_month,
        months.month_name || ' ' || year(editions.edition_month) as report_name,
        months.month_name_en || ' ' || year(editions.edition_month) as report_name_en,
        editions.family_code,
        reports.file_name,
        reports.sha256,
        reports.byte_count,
        reports.period_start,
        reports.period_end,
        reports.suppression_threshold,
        reports.loaded_at,
        reports.loader_version,
        lead(reports.report_id) over (
            partition by editions.family_code, reports.period_start, reports.period_end
            order by reports.loaded_at, reports.report_id
        ) as superseded_by_report_id,
        row_number() over (order by editions.edition_month, reports.loaded_at, reports.report_id)::integer
            as sort_order
    from stg_nav__reports as reports
    inner join int_reports as editions on reports.report_id = editions.report_id
    inner join months on month(editions.edition_month) = months.month_number

)

select * from reports_described
