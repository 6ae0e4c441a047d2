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

illegible_cells as (

    select * from {{ ref('illegible_cells') }}
    {{ where_in_scope('report_id') }}

),

figures_in_doubt as (

    select
        report_id,
        count(*) filter (state = 'proven') as cells_proven_by_rules,
        count(*) filter (state = 'allowed') as cells_allowed_by_rules,
        count(*) filter (state = 'confirmed') as cells_confirmed_by_a_person,
        count(*) filter (state in ('unreadable', 'open')) as illegible_cells,
        count(*) filter (state in ('proven', 'allowed') and settled_text = '*') as restored_stars
    from illegible_cells
    group by report_id

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
        coalesce(cells.suppressed_cells, 0) + coalesce(figures_in_doubt.restored_stars, 0) as suppressed_cells,
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
        confirmed.largest_unnoticed_slip,
        coalesce(figures_in_doubt.cells_proven_by_rules, 0) as cells_proven_by_rules,
        coalesce(figures_in_doubt.cells_allowed_by_rules, 0) as cells_allowed_by_rules,
        coalesce(figures_in_doubt.cells_confirmed_by_a_person, 0) as cells_confirmed_by_a_person,
        coalesce(figures_in_doubt.illegible_cells, 0) as illegible_cells
    from int_reports
    left join verdicts on int_reports.report_id = verdicts.report_id
    left join cells on int_reports.report_id = cells.report_id
    left join figures_in_doubt on int_reports.report_id = figures_in_doubt.report_id
    left join confirmed on {{ report_key('int_reports') }} = confirmed.report_key

)

select * from proofs
