with

stg_nav__cells as (

    select * from {{ ref('stg_nav__cells') }}
    {{ where_in_work('report_id') }}

),

int_corrected_cells as (

    select * from {{ ref('int_corrected_cells') }}

),

int_printed_rows as (

    select * from {{ ref('int_printed_rows') }}
    {{ where_in_work('report_id') }}

),

int_reports as (

    select * from {{ ref('int_reports') }}
    {{ where_in_work('report_id') }}

),

months as (

    select * from {{ ref('months') }}

),

-- A period may run over New Year: a month before the period's first one is of the next year.
columns_with_months as (

    select
        labels.column_label,
        months.month_number
    from (select distinct column_label from stg_nav__cells) as labels
    inner join months on {{ fold_label('labels.column_label') }} = {{ fold_label('months.month_name') }}

),

cells_with_meaning as (

    select
        cells.report_id,
        cells.line_number,
        cells.column_number,
        cells.table_number,
        printed.row_role = 'observation' as is_first_print,
        printed.row_role = 'copy_of_total' as is_copy_of_total,
        printed.is_total_row,
        printed.participant_group_code,
        printed.measure_code,
        printed.breakdown,
        printed.category_code,
        case
            when columns_with_months.month_number is not null then 'month'
            when cells.column_number = 1 then 'average'
        end::enum('month', 'average') as period_kind,
        make_date(
            year(reports.period_start) + (columns_with_months.month_number < month(reports.period_start))::integer,
            columns_with_months.month_number,
            1
        ) as month,
        {{ printed_number('cells.text_in_force') }} as value,
        coalesce({{ printed_number('cells.text_in_force') }}, {{ suppressed_lower() }}) as value_lower,
        coalesce({{ printed_number('cells.text_in_force') }}, {{ suppressed_upper('reports.suppression_threshold') }})
            as value_upper,
        {{ is_suppressed('cells.text_in_force') }} as is_suppressed,
        if({{ has_leading_zero('cells.text_in_force') }}, trim(cells.text_in_force), null) as leading_zero_text,
        cells.is_corrected
    from int_corrected_cells as cells
    inner join int_printed_rows as printed
        on cells.report_id = printed.report_id and cells.line_number = printed.line_number
    inner join int_reports as reports on cells.report_id = reports.report_id
    left join columns_with_months on cells.column_label = columns_with_months.column_label

)

select * from cells_with_meaning
