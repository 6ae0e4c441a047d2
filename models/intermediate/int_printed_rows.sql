with

int_rows_as_printed as (

    select * from {{ ref('int_rows_as_printed') }}

),

int_printed_labels as (

    select * from {{ ref('int_printed_labels') }}
    {{ where_in_scope('report_id') }}

),

int_printed_tables as (

    select * from {{ ref('int_printed_tables') }}

),

rows_of_tables as (

    select
        printed.*,
        tables.participant_group_code as table_participant_group_code,
        tables.measure_code as table_measure_code,
        tables.breakdown as table_breakdown,
        case
            when printed.is_total_row then null
            when tables.breakdown = 'none' then 'measure'
            else tables.breakdown
        end as row_label_kind
    from int_rows_as_printed as printed
    inner join int_printed_tables as tables
        on printed.report_id = tables.report_id and printed.table_number = tables.table_number

),

-- A total row is a figure of the whole measure wherever it is printed; the rows below it are figures of its parts.
with_series as (

    select
        printed.* exclude (row_label_kind),
        printed.table_participant_group_code as participant_group_code,
        case
            when printed.is_total_row or printed.table_breakdown <> 'none' then printed.table_measure_code
            else labels.category_code
        end as measure_code,
        if(printed.is_total_row, 'none', printed.table_breakdown) as breakdown,
        case
            when printed.is_total_row or printed.table_breakdown = 'none' then 'all'
            else labels.category_code
        end as category_code
    from rows_of_tables as printed
    left join int_printed_labels as labels
        on
        not labels.is_total_row
        and printed.report_id = labels.report_id
        and printed.row_label = labels.row_label
        and printed.row_label_kind = labels.label_kind

),

keyed as (

    select
        *,
        {{ row_key('with_series') }} as row_key,
        {{ series_key('with_series') }} as series_key
    from with_series

),

-- A measure's figures are read from its own row in the summary; where there is none, from the first total row.
first_prints as (

    select
        series_key,
        coalesce(min(line_number) filter (not is_total_row), min(line_number)) as first_line_number
    from keyed
    group by series_key

),

with_roles as (

    select
        keyed.*,
        first_prints.first_line_number,
        case
            when breakdown = 'municipality' and measure_code is not null then 'set_aside'
            when
                participant_group_code is null
                or measure_code is null
                or breakdown is null
                or category_code is null
                then 'unknown'
            when line_number = first_line_number then 'observation'
            when is_total_row then 'copy_of_total'
            else 'repeated'
        end as row_role
    from keyed
    inner join first_prints on keyed.series_key = first_prints.series_key

)

select * from with_roles
