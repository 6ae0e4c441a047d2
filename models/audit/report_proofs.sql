with

reconciliation_checks as (

    select * from {{ ref('reconciliation_checks') }}
    {{ where_in_scope('report_id') }}

),

int_reports as (

    select * from {{ ref('int_reports') }}
    {{ where_in_scope('report_id') }}

),

int_printed_cells as (

    select * from {{ ref('int_printed_cells') }}
    {{ where_in_scope('report_id') }}

),

confirmations as (

    select * from {{ ref('confirmations') }}

),

cells as (

    select
        report_id,
        count(*) as printed_cells,
        count(*) filter (is_suppressed) as suppressed_cells
    from int_printed_cells
    group by report_id

),

confirmed as (

    select
        report_key,
        count(*) as cells_in_a_rule,
        count(*) filter (confirming_rules > 0) as cells_confirmed_by_a_rule,
        count(*) filter (confirming_rules > 1) as cells_confirmed_by_two_rules,
        max(unnoticed_slip) as largest_unnoticed_slip
    from confirmations
    group by report_key

),

verdicts as (

    select
        report_id,
        count(*) as checks,
        count(*) filter (verdict = 'proven') as proven_checks,
        count(*) filter (verdict = 'possible') as possible_checks,
        count(*) filter (verdict = 'violated') as violated_checks,
        count(*) filter (verdict = 'missing') as missing_checks
    from reconciliation_checks
    group by report_id

),

proofs as (

    select
        int_reports.report_id,
        int_reports.file_name,
        coalesce(cells.printed_cells, 0) as printed_cells,
        coalesce(cells.suppressed_cells, 0) as suppressed_cells,
        verdicts.checks,
        verdicts.proven_checks,
        verdicts.possible_checks,
        verdicts.violated_checks,
        verdicts.missing_checks,
        coalesce(confirmed.cells_confirmed_by_a_rule, 0) as cells_confirmed_by_a_rule,
        coalesce(confirmed.cells_confirmed_by_two_rules, 0) as cells_confirmed_by_two_rules,
        coalesce(cells.printed_cells, 0) - coalesce(confirmed.cells_confirmed_by_a_rule, 0)
            as cells_that_nothing_confirms,
        coalesce(cells.printed_cells, 0) - coalesce(confirmed.cells_in_a_rule, 0) as cells_in_no_rule,
        confirmed.largest_unnoticed_slip
    from int_reports
    left join verdicts on int_reports.report_id = verdicts.report_id
    left join cells on int_reports.report_id = cells.report_id
    left join confirmed on {{ report_key('int_reports') }} = confirmed.report_key

)

select * from proofs
