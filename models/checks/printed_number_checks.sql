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

numbers_of_rows as (

    select
        row_key,
        min(value) as least_number,
        max(value) as greatest_number,
        list(leading_zero_text) filter (leading_zero_text is not null) as zero_texts
    from int_printed_cells
    group by row_key

),

numbers_of_tables as (

    select
        printed.report_id,
        printed.participant_group_code,
        printed.measure_code,
        printed.breakdown,
        reports.suppression_threshold,
        min(numbers.least_number) as least_number,
        max(numbers.greatest_number) as greatest_number,
        list_sort(list(printed.line_number)) as line_numbers,
        list_sort(list(printed.line_number) filter (numbers.least_number < reports.suppression_threshold))
            as low_line_numbers,
        list_sort(list(printed.line_number) filter (numbers.zero_texts is not null)) as zero_line_numbers,
        list_sort(flatten(list(numbers.zero_texts) filter (numbers.zero_texts is not null))) as zero_texts
    from numbers_of_rows as numbers
    inner join int_printed_rows as printed on numbers.row_key = printed.row_key
    inner join int_reports as reports on printed.report_id = reports.report_id
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
        'printed with a leading zero: ' || array_to_string(zero_texts, ', ') as explanation
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
