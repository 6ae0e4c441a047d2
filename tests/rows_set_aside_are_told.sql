{{ config(severity='warn') }}

-- Tables on municipalities are read and reach no fact yet: that is said, and the rest of the report is used.
with

int_printed_rows as (

    select * from {{ ref('int_printed_rows') }}

),

int_reports as (

    select * from {{ ref('int_reports') }}

),

set_aside as (

    select
        report_id,
        count(*) as row_count,
        min(line_number) as first_line_number,
        max(line_number) as last_line_number
    from int_printed_rows
    where row_role = 'set_aside'
    group by report_id

)

select
    reports.file_name,
    reports.file_name || ':' || first_line_number || ': ' || row_count
    || ' rows on municipalities, down to line ' || last_line_number
    || ', are kept in raw.cells and are in no fact yet; the rest of the report is used' as explanation
from set_aside
inner join int_reports as reports on set_aside.report_id = reports.report_id
order by reports.edition_month desc
