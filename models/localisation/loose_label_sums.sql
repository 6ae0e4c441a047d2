{{ config(materialized='view') }}

with

int_printed_rows as (

    select * from {{ ref('int_printed_rows') }}
    {{ where_in_scope('report_id') }}

),

int_printed_labels as (

    select * from {{ ref('int_printed_labels') }}
    {{ where_in_scope('report_id') }}

),

int_printed_cells as (

    select * from {{ ref('int_printed_cells') }}
    {{ where_in_scope('report_id') }}

),

rule_terms as (

    select * from {{ ref('rule_terms') }}
    {{ where_in_scope('report_key') }}

),

complete_rules as (

    select * from {{ ref('complete_rules') }}

),

single_suspects as (

    select * from {{ ref('single_suspects') }}
    {{ where_in_scope('report_key') }}

),

exact_findings as (

    select * from {{ ref('exact_findings') }}
    {{ where_in_scope('report_key') }}

),

rows_with_loose_labels as (

    select distinct
        printed.report_id,
        printed.row_label,
        printed.is_total_row,
        printed.row_key
    from int_printed_rows as printed
    inner join int_printed_labels as labels
        on
        printed.report_id = labels.report_id
        and printed.row_label = labels.row_label
        and printed.is_total_row = labels.is_total_row
    where labels.match_method = 'edit_distance'

),

-- A row that was read as the wrong category spoils the sums it stands in; its own average holds all the same.
sums_of_loose_labels as (

    select
        loose.report_id,
        loose.row_label,
        loose.is_total_row,
        loose.row_key,
        cells.column_number,
        terms.rule_key,
        rules.is_violated
    from rows_with_loose_labels as loose
    inner join int_printed_cells as cells on loose.row_key = cells.row_key
    inner join rule_terms as terms on {{ cell_key('cells.row_key', 'cells.column_number') }} = terms.cell_key
    left join complete_rules as rules on terms.rule_key = rules.rule_key
    where terms.rule_key <> loose.row_key

),

suspect_cells_of_rules as (

    select
        terms.rule_key,
        cells.row_key
    from rule_terms as terms
    inner join int_printed_cells as cells on terms.cell_key = {{ cell_key('cells.row_key', 'cells.column_number') }}
    where
        terms.cell_key in (
            select single_suspects.cell_key from single_suspects
            union all
            select exact_findings.cell_key from exact_findings
            where exact_findings.finding = 'explanation'
        )

),

-- A violated sum says nothing of a label where a figure of another row explains it.
explained_otherwise as (

    select distinct
        sums.row_key,
        sums.rule_key
    from sums_of_loose_labels as sums
    inner join suspect_cells_of_rules as suspects on sums.rule_key = suspects.rule_key
    left join rows_with_loose_labels as own
        on
        suspects.row_key = own.row_key
        and sums.report_id = own.report_id
        and sums.row_label = own.row_label
        and sums.is_total_row = own.is_total_row
    where sums.is_violated and own.row_key is null

),

-- A wrong label spoils its sums in every column, a wrong figure in one. A sum that lacks a part says nothing.
columns_of_loose_labels as (

    select
        sums.report_id,
        sums.row_label,
        sums.is_total_row,
        sums.row_key,
        coalesce(bool_or(sums.is_violated and otherwise.rule_key is null), false) as is_refuted
    from sums_of_loose_labels as sums
    left join explained_otherwise as otherwise
        on sums.row_key = otherwise.row_key and sums.rule_key = otherwise.rule_key
    group by sums.report_id, sums.row_label, sums.is_total_row, sums.row_key, sums.column_number

),

rows_of_loose_labels as (

    select
        report_id,
        row_label,
        is_total_row,
        bool_and(is_refuted) as is_refuted
    from columns_of_loose_labels
    group by report_id, row_label, is_total_row, row_key

),

judged as (

    select
        report_id,
        row_label,
        is_total_row,
        bool_or(is_refuted) as is_refuted
    from rows_of_loose_labels
    group by report_id, row_label, is_total_row

)

select * from judged
