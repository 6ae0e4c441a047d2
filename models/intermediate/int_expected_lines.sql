with

int_expected_rows as (

    select * from {{ ref('int_expected_rows') }}

),

int_printed_rows as (

    select * from {{ ref('int_printed_rows') }}
    {{ where_in_work('report_id') }}

),

first_prints as (

    select * from int_printed_rows
    where row_role = 'observation'

),

expected_lines as (

    select
        expected.*,
        printed.line_number,
        printed.row_key,
        printed.line_number is null and not expected.is_optional as is_missing
    from int_expected_rows as expected
    left join first_prints as printed on {{ series_key('expected') }} = printed.series_key

)

select * from expected_lines
