with

int_corrected_cells as (

    select * from {{ ref('int_corrected_cells') }}

),

int_reports as (

    select * from {{ ref('int_reports') }}
    {{ where_in_scope('report_id') }}

),

months as (

    select * from {{ ref('months') }}

),

-- A period may run over New Year: a month before the period's first one is of the next year.
cells_with_periods as (

    select
        cells.report_id,
        cells.line_number,
        cells.column_number,
        {{ row_key('cells') }} as row_key,
        case
            when months.month_number is not null then 'month'
            when cells.column_number = 1 then 'average'
        end::enum('month', 'average') as period_kind,
        make_date(
            year(reports.period_start) + (months.month_number < month(reports.period_start))::integer,
            months.month_number,
            1
        ) as month,
        {{ printed_number('cells.text_in_force') }} as value,
        coalesce(value, {{ suppressed_lower() }}) as value_lower,
        case
            when {{ is_illegible('cells.text_in_force') }} then {{ open_upper() }}
            else coalesce(value, {{ suppressed_upper('reports.suppression_threshold') }})
        end as value_upper,
        {{ is_suppressed('cells.text_in_force') }} as is_suppressed,
        {{ is_illegible('cells.text_in_force') }} as is_illegible,
        if({{ has_leading_zero('cells.text_in_force') }}, trim(cells.text_in_force), null) as leading_zero_text,
        cells.is_corrected
    from int_corrected_cells as cells
    left join months on {{ fold_label('cells.column_label') }} = {{ fold_label('months.month_name') }}
    inner join int_reports as reports on cells.report_id = reports.report_id

)

select * from cells_with_periods
