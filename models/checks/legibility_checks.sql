with

int_reports as (

    select * from {{ ref('int_reports') }}
    {{ where_in_scope('report_id') }}

),

undecided_cells as (

    select * from {{ ref('undecided_cells') }}

),

settled_cells as (

    select * from {{ ref('settled_cells') }}
    {{ where_in_scope('report_key') }}

),

open_cells as (

    select
        undecided_cells.*,
        settled_cells.settled_lower,
        settled_cells.settled_upper
    from undecided_cells
    inner join settled_cells on undecided_cells.cell_key = settled_cells.cell_key
    where settled_cells.state = 'open'

),

-- A report all of whose figures are legible is one check, and else each figure that is not.
cells_of_reports as (

    select
        int_reports.report_id,
        open_cells.* exclude (report_id)
    from int_reports
    left join open_cells on int_reports.report_id = open_cells.report_id

),

judged as (

    select
        report_id,
        'figures_are_legible' as rule_code,
        null as participant_group_code,
        null as measure_code,
        null as breakdown,
        null as period_kind,
        null as month,
        if(cell_key is null, 0, null) as total_lower,
        if(cell_key is null, 0, null) as total_upper,
        if(cell_key is null, 0, null) as parts_lower,
        if(cell_key is null, 0, null) as parts_upper,
        if(cell_key is null, 'proven', 'missing') as verdict,
        if(cell_key is null, [], [line_number]) as line_numbers,
        'the figure in column ' || column_number || ' cannot be read for certain (' || {{ readings_text('readings') }}
        || '); the rules leave '
        || {{ figures_text('settled_lower', 'settled_upper', 'suppression_threshold') }}
        || '; look at it with `python -m auditors scan`, then say what it is with `accept`' as explanation
    from cells_of_reports

)

select * from judged
