{{ config(materialized='table') }}

with

dim_report as (

    select * from {{ ref('dim_report') }}

),

measure_families as (

    select * from {{ ref('measure_families') }}

),

report_proofs as (

    select * from {{ ref('report_proofs') }}

),

int_latest_months as (

    select * from {{ ref('int_latest_months') }}

),

reports_with_proofs as (

    select
        dim_report.report_id,
        dim_report.report_name,
        dim_report.report_name_en,
        dim_report.family_code,
        measure_families.family_name,
        measure_families.family_name_en,
        dim_report.edition_month,
        dim_report.edition_month = int_latest_months.month and dim_report.superseded_by_report_id is null
            as is_latest_month,
        dim_report.period_start,
        dim_report.period_end,
        dim_report.issue_number,
        dim_report.superseded_by_report_id,
        dim_report.publisher,
        dim_report.licence,
        dim_report.source_url,
        dim_report.suppression_threshold,
        report_proofs.printed_cells,
        report_proofs.suppressed_cells,
        report_proofs.cells_confirmed_by_a_rule,
        report_proofs.cells_that_nothing_confirms,
        report_proofs.largest_unnoticed_slip,
        report_proofs.checks,
        report_proofs.proven_checks,
        report_proofs.possible_checks,
        dim_report.file_name,
        dim_report.sha256,
        dim_report.loaded_at,
        dim_report.sort_order
    from dim_report
    left join measure_families on dim_report.family_code = measure_families.family_code
    left join report_proofs on dim_report.report_id = report_proofs.report_id
    left join int_latest_months on dim_report.family_code = int_latest_months.family_code

)

select * from reports_with_proofs
