with

int_printed_cells as (

    select * from {{ ref('int_printed_cells') }}
    {{ where_in_work('report_id') }}

),

int_reports as (

    select * from {{ ref('int_reports') }}
    {{ where_in_work('report_id') }}

),

numbers_of_tables as (

    select
        cells.report_id,
        cells.participant_group_code,
        cells.measure_code,
        cells.breakdown,
        reports.suppression_threshold,
        min(cells.value) as least_number,
        max(cells.value) as greatest_number,
        list(cells.line_number order by cells.line_number) filter (cells.column_number = 1) as line_numbers,
        list_sort(list_distinct(list(cells.line_number) filter (cells.value < reports.suppression_threshold)))
            as low_line_numbers,
        list_sort(list_distinct(list(cells.line_number) filter (cells.leading_zero_text is not null)))
            as zero_line_numbers,
        string_agg(cells.leading_zero_text, ', ') as zero_texts
    from int_printed_cells as cells
    inner join int_reports as reports on cells.report_id = reports.report_id
    group by all

),

threshold_checks as (

    select
        *,
        'printed_numbers_respect_threshold' as rule_code,
        coalesce(low_line_numbers, []) as failing_line_numbers,
        least_number
        || ' is printed, though numbers below '
        || suppression_threshold
        || ' are suppressed' as explanation
    from numbers_of_tables

),

leading_zero_checks as (

    select
        *,
        'printed_numbers_have_no_leading_zero' as rule_code,
        coalesce(zero_line_numbers, []) as failing_line_numbers,
        'printed with a leading zero: ' || zero_texts as explanation
    from numbers_of_tables

),

judged as (

    select
        report_id,
        rule_code,
        participant_group_code,
        measure_code,
        breakdown,
        null as period_kind,
        null as month,
        suppression_threshold as total_lower,
        null as total_upper,
        least_number as parts_lower,
        greatest_number as parts_upper,
        if(len(failing_line_numbers) > 0, 'violated', 'proven') as verdict,
        if(len(failing_line_numbers) > 0, failing_line_numbers, line_numbers) as line_numbers,
        if(len(failing_line_numbers) > 0, explanation, null) as explanation
    from (
        select * from threshold_checks
        union all by name
        select * from leading_zero_checks
    )

)

select * from judged
