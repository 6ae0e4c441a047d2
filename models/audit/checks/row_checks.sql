with

int_expected_rows as (

    select * from {{ ref('int_expected_rows') }}

),

int_printed_rows as (

    select * from {{ ref('int_printed_rows') }}
    {{ where_in_work('report_id') }}

),

-- A row belongs to the table it stands in; a total row stands in a table of its own subject.
printed_rows as (

    select
        report_id,
        participant_group_code,
        measure_code,
        breakdown,
        category_code,
        table_participant_group_code,
        table_measure_code,
        table_breakdown,
        count(*) as row_count,
        list_sort(list(line_number)) as line_numbers,
        min(trim(row_label)) as row_label
    from int_printed_rows
    where row_role <> 'copy_of_total'
    group by all

),

compared as (

    select
        coalesce(expected.report_id, printed.report_id) as report_id,
        coalesce(expected.participant_group_code, printed.table_participant_group_code) as participant_group_code,
        if(
            coalesce(expected.breakdown, printed.table_breakdown) = 'none',
            'all',
            coalesce(expected.measure_code, printed.table_measure_code)
        ) as measure_code,
        coalesce(expected.breakdown, printed.table_breakdown) as breakdown,
        coalesce(expected.is_optional, false) as is_optional,
        expected.report_id is not null as is_expected,
        coalesce(printed.row_count, 0) as row_count,
        coalesce(printed.line_numbers, []) as line_numbers,
        coalesce(
            printed.row_label,
            if(expected.breakdown = 'none', expected.measure_code, expected.category_code)
        ) as row_name
    from int_expected_rows as expected
    full outer join printed_rows as printed
        on
        expected.report_id = printed.report_id
        and expected.participant_group_code = printed.participant_group_code
        and expected.measure_code = printed.measure_code
        and expected.breakdown = printed.breakdown
        and expected.category_code = printed.category_code

),

with_problems as (

    select
        *,
        case
            when
                not is_expected
                then 'unexpected row "' || row_name || '" in line ' || array_to_string(line_numbers, ', ')
            when
                row_count > 1
                then
                    'row "'
                    || row_name
                    || '" printed '
                    || row_count
                    || ' times, in lines '
                    || array_to_string(line_numbers, ', ')
            when row_count = 0 and not is_optional then 'no row for ' || row_name
        end as problem
    from compared

),

judged as (

    select
        report_id,
        'rows_are_complete' as rule_code,
        participant_group_code,
        measure_code,
        breakdown,
        null as period_kind,
        null as month,
        count(*) filter (is_expected and not is_optional) as total_lower,
        count(*) filter (is_expected) as total_upper,
        sum(row_count) as parts_lower,
        sum(row_count) as parts_upper,
        case
            when bool_or(row_count = 0 and not is_optional) then 'missing'
            when bool_or(problem is not null) then 'violated'
            else 'proven'
        end as verdict,
        list_sort(list_distinct(flatten(list(line_numbers)))) as line_numbers,
        array_to_string(list_sort(list(problem) filter (problem is not null)), '; ') as explanation
    from with_problems
    group by all

)

select * from judged
