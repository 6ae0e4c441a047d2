with

int_expected_rows as (

    select * from {{ ref('int_expected_rows') }}

),

int_printed_rows as (

    select * from {{ ref('int_printed_rows') }}
    {{ where_in_scope('report_id') }}

),

int_reports as (

    select * from {{ ref('int_reports') }}
    {{ where_in_scope('report_id') }}

),

wrongly_left_out_rows as (

    select * from {{ ref('wrongly_left_out_rows') }}

),

-- A row that may be left out where it is zero is required where the sums say that it is not.
expected_rows as (

    select
        expected.* exclude (is_optional),
        expected.is_optional and left_out.report_id is null as is_optional,
        left_out.report_id is not null as is_left_out_wrongly
    from int_expected_rows as expected
    left join wrongly_left_out_rows as left_out
        on
        expected.report_id = left_out.report_id
        and expected.participant_group_code = left_out.participant_group_code
        and expected.measure_code = left_out.measure_code
        and expected.breakdown = left_out.breakdown
        and expected.category_code = left_out.category_code

),

-- A row belongs to the table it stands in; a total row stands in a table of its own subject.
printed_rows as (

    select * from int_printed_rows
    where row_role not in ('copy_of_total', 'set_aside')

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
        coalesce(printed.row_role = 'repeated', false) as is_repeated,
        printed.line_number,
        case
            when expected.report_id is null
                then 'unexpected row "' || trim(printed.row_label) || '" in line ' || printed.line_number
            when printed.row_role = 'repeated'
                then
                    'row "' || trim(printed.row_label) || '" of line ' || printed.first_line_number
                    || ' printed again in line ' || printed.line_number
            when printed.report_id is null and not expected.is_optional
                then
                    'no row for ' || if(expected.breakdown = 'none', expected.measure_code, expected.category_code)
                    || if(expected.is_left_out_wrongly, ', without which the sum is too small in every month', '')
        end as problem,
        concat_ws(
            ',', coalesce(reports.family_code, ''), expected.measure_code, expected.participant_group_code,
            expected.breakdown, if(expected.breakdown = 'none', '', expected.category_code), '', '', 'REASON'
        ) as optional_row
    from expected_rows as expected
    full outer join printed_rows as printed on {{ series_key('expected') }} = printed.series_key
    left join int_reports as reports on coalesce(expected.report_id, printed.report_id) = reports.report_id

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
        count(*) filter (is_expected and not is_repeated and not is_optional) as total_lower,
        count(*) filter (is_expected and not is_repeated) as total_upper,
        count(line_number) as parts_lower,
        count(line_number) as parts_upper,
        case
            when bool_or(line_number is null and not is_optional) then 'missing'
            when bool_or(problem is not null) then 'violated'
            else 'proven'
        end as verdict,
        coalesce(list(line_number order by line_number) filter (line_number is not null), []) as line_numbers,
        array_to_string(list_sort(list(problem) filter (problem is not null)), '; ')
        || case verdict
            when 'missing'
                then
                    '; restore it in the report, or, if NAV leaves it out where it is zero, add to '
                    || 'seeds/optional_rows.csv the row `'
                    || min(optional_row) filter (line_number is null and not is_optional) || '`'
            when 'violated' then '; delete the row that is too many, or mend its label, in the report'
            else ''
        end as explanation
    from compared
    group by all

)

select * from judged
