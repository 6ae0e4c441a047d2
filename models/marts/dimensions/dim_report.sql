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

report_sources as (

    select * from {{ ref('report_sources') }}

),

-- The row of a report, where there is one, stands instead of its family's, empty values included.
sources_of_reports as (

    select
        editions.report_id,
        sources.publisher,
        sources.licence,
        sources.source_url
    from int_reports as editions
    inner join report_sources as sources
        on
        editions.report_id = sources.report_id
        or (sources.report_id is null and editions.family_code = sources.family_code)
    qualify row_number() over (partition by editions.report_id order by sources.report_id nulls last) = 1

),

reports_described as (

    select
        reports.report_id,
        editions.edition_month,
        months.month_name || ' ' || year(editions.edition_month) as report_name,
        months.month_name_en || ' ' || year(editions.edition_month) as report_name_en,
        editions.family_code,
        reports.file_name,
        sources.publisher,
        sources.licence,
        sources.source_url,
        reports.sha256,
        reports.byte_count,
        reports.period_start,
        reports.period_end,
        reports.suppression_threshold,
        reports.loaded_at,
        reports.loader_version,
        editions.issue_number,
        lead(reports.report_id) over (
            partition by editions.family_code, reports.period_start, reports.period_end
            order by editions.issue_number, reports.report_id
        ) as superseded_by_report_id,
        row_number() over (
            order by editions.edition_month, editions.family_code, editions.issue_number, reports.report_id
        )::integer as sort_order
    from stg_nav__reports as reports
    inner join int_reports as editions on reports.report_id = editions.report_id
    inner join months on month(editions.edition_month) = months.month_number
    left join sources_of_reports as sources on reports.report_id = sources.report_id

)

select * from reports_described
