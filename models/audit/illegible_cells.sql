with

int_corrected_cells as (

    select * from {{ ref('int_corrected_cells') }}
    {{ where_in_scope('report_id') }}

),

int_reports as (

    select * from {{ ref('int_reports') }}
    {{ where_in_scope('report_id') }}

),

settled_cells as (

    select * from {{ ref('settled_cells') }}
    {{ where_in_scope('report_key') }}

),

suspect_cells as (

    select * from {{ ref('suspect_cells') }}
    {{ where_in_scope('report_id') }}

),

-- A figure that was read twice alike is no longer sure where the rules accuse it.
accused_cells as (

    select
        report_id,
        line_number,
        column_number,
        min(proposed_lower) as proposed_lower,
        max(proposed_upper) as proposed_upper
    from suspect_cells
    group by all

),

cells_in_doubt as (

    select
        cells.report_id,
        cells.line_number,
        cells.column_number,
        cells.page_number,
        cells.line_on_page,
        trim(cells.row_label) as row_label,
        trim(cells.column_label) as column_label,
        cells.value_text,
        cells.readings,
        case
            when cells.reading_state = 'read_twice' then 'accused'
            when not cells.is_corrected then settled.state
            when {{ is_illegible('cells.text_in_force') }} then 'unreadable'
            else 'confirmed'
        end as state,
        if(cells.is_corrected, cells.text_in_force, null) as corrected_text,
        coalesce(settled.settled_lower, accused.proposed_lower) as settled_lower,
        coalesce(settled.settled_upper, accused.proposed_upper) as settled_upper,
        reports.suppression_threshold
    from int_corrected_cells as cells
    inner join int_reports as reports on cells.report_id = reports.report_id
    left join settled_cells as settled
        on {{ cell_key(row_key('cells'), 'cells.column_number') }} = settled.cell_key
    left join accused_cells as accused
        on
        cells.report_id = accused.report_id
        and cells.line_number = accused.line_number
        and cells.column_number = accused.column_number
    where
        cells.reading_state = 'read_once'
        or (cells.reading_state = 'read_twice' and accused.report_id is not null)

),

with_candidates as (

    select
        * exclude (corrected_text, settled_lower, settled_upper, suppression_threshold),
        case
            when corrected_text is not null then corrected_text
            when settled_upper < suppression_threshold then '*'
            when settled_lower = settled_upper then settled_lower::varchar
        end as settled_text,
        coalesce(
            corrected_text,
            {{ figures_text('settled_lower', 'settled_upper', 'suppression_threshold') }}
        ) as candidates
    from cells_in_doubt

)

select * from with_candidates
