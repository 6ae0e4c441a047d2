{{ config(materialized='view') }}

with

cell_corrections as (

    select * from {{ ref('cell_corrections') }}

),

stg_nav__reports as (

    select * from {{ ref('stg_nav__reports') }}

),

stg_nav__cells as (

    select * from {{ ref('stg_nav__cells') }}

),

-- DuckDB keeps the order of the file, whose first line is the header.
numbered as (

    select
        row_number() over () + 1 as seed_line_number,
        *
    from cell_corrections

),

with_cells as (

    select
        numbered.*,
        reports.file_name,
        cells.value_text,
        count(*) over (partition by numbered.report_id, numbered.line_number, numbered.column_number) as rival_count,
        'line ' || numbered.line_number || ', column ' || numbered.column_number || ' of ' || reports.file_name as place
    from numbered
    left join stg_nav__reports as reports on numbered.report_id = reports.report_id
    left join stg_nav__cells as cells
        on
        numbered.report_id = cells.report_id
        and numbered.line_number = cells.line_number
        and numbered.column_number = cells.column_number

),

with_problems as (

    select
        *,
        case
            when file_name is null
                then
                    'found the report "' || coalesce(report_id, '') || '"; expected the report_id of a loaded report, '
                    || 'as in marts.dim_report; load that report, or delete the row'
            when value_text is null
                then
                    'found no figure in ' || coalesce(place, 'an empty line or column number of ' || file_name)
                    || '; expected a printed figure, by its line_number and column_number in raw.cells; '
                    || 'mend the numbers, or delete the row'
            when rival_count > 1
                then
                    'found ' || rival_count || ' corrections of ' || place
                    || '; expected one; delete all but the one that holds'
            when not coalesce({{ is_same_figure('printed_text', 'value_text') }}, false)
                then
                    'found "' || trim(value_text) || '" in ' || place || '; expected the "'
                    || coalesce(printed_text, '') || '" that the row gives as printed_text; look again whether the '
                    || 'correction still holds, and mend printed_text or delete the row'
            when
                not coalesce({{ is_figure('corrected_text') }}, false)
                and not ({{ is_illegible('value_text') }} and coalesce({{ is_illegible('corrected_text') }}, false))
                then
                    'found "' || coalesce(corrected_text, '') || '" as corrected_text for ' || place
                    || '; expected a whole number such as 1 234, or *'
                    || if({{ is_illegible('value_text') }}, ', or ? where nobody can read it', '') || '; mend it'
            when {{ is_same_figure('corrected_text', 'value_text') }} and not {{ is_illegible('value_text') }}
                then
                    'found "' || corrected_text || '" as corrected_text for ' || place
                    || '; expected another figure than the printed one; mend it, or delete the row'
            when nullif(trim(reason), '') is null or nullif(trim(decided_by), '') is null or decided_on is null
                then
                    'found no ' || concat_ws(
                        ' and no ',
                        if(nullif(trim(reason), '') is null, 'reason', null),
                        if(nullif(trim(decided_by), '') is null, 'decided_by', null),
                        if(decided_on is null, 'decided_on', null)
                    ) || ' for ' || place || '; expected why, who and when; fill them in'
        end as problem
    from with_cells

),

judged as (

    select
        * exclude (rival_count, place, problem, file_name, value_text),
        problem is null as is_applied,
        'seeds/cell_corrections.csv:' || seed_line_number || ': ' || problem as explanation
    from with_problems

)

select * from judged
