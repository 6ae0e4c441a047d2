with

int_printed_rows as (

    select * from {{ ref('int_printed_rows') }}
    {{ where_in_scope('report_id') }}

),

int_printed_cells as (

    select * from {{ ref('int_printed_cells') }}
    {{ where_in_scope('report_id') }}

),

int_reports as (

    select * from {{ ref('int_reports') }}
    {{ where_in_scope('report_id') }}

),

columns_of_tables as (

    select
        cells.report_id,
        printed.table_number,
        reports.period_start,
        reports.period_end,
        list_transform(
            list_sort(
                list({ 'column_number': cells.column_number, 'month': cells.month })
                filter (cells.period_kind is distinct from 'average')
            ),
            lambda printed: struct_extract(printed, 'month')
        ) as printed_months,
        count(*) filter (cells.period_kind = 'average') as average_count,
        min(cells.line_number) as line_number
    from int_printed_cells as cells
    inner join int_printed_rows as printed on cells.row_key = printed.row_key
    inner join int_reports as reports on cells.report_id = reports.report_id
    where printed.is_total_row
    group by all

),

-- A report covers its year so far, or, where its period runs over New Year, the period.
with_expected_months as (

    select
        *,
        list_transform(
            generate_series(
                least(period_start, date_trunc('year', period_end)::date), period_end, interval 1 month
            ),
            lambda stamp: stamp::date
        ) as expected_months
    from columns_of_tables

),

judged as (

    select
        report_id,
        'months_are_continuous' as rule_code,
        null as participant_group_code,
        null as measure_code,
        null as breakdown,
        'month' as period_kind,
        null as month,
        len(expected_months) as total_lower,
        len(expected_months) as total_upper,
        coalesce(len(printed_months), 0) as parts_lower,
        coalesce(len(printed_months), 0) as parts_upper,
        case
            when printed_months is null then 'missing'
            when average_count <> 1 or printed_months <> expected_months then 'violated'
            else 'proven'
        end as verdict,
        [line_number] as line_numbers,
        'the columns of table ' || table_number || ' are ' || coalesce(printed_months::varchar, 'no months')
        || ' and ' || average_count || ' averages; expected one average and '
        || strftime(expected_months[1], '%Y-%m') || ' to ' || strftime(period_end, '%Y-%m') as explanation
    from with_expected_months

)

select * from judged
