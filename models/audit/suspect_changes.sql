with

exact_findings as (

    select * from {{ ref('exact_findings') }}
    {{ where_in_scope('report_key') }}

),

reconciliation_checks as (

    select * from {{ ref('reconciliation_checks') }}
    {{ where_in_scope('report_id') }}

),

stg_nav__cells as (

    select * from {{ ref('stg_nav__cells') }}
    {{ where_in_scope('report_id') }}

),

int_reports as (

    select * from {{ ref('int_reports') }}
    {{ where_in_scope('report_id') }}

),

violated_checks as (

    select
        report_id,
        count(*) as explained_checks
    from reconciliation_checks
    where verdict = 'violated'
    group by report_id

),

changes as (

    select
        reports.report_id,
        reports.file_name,
        findings.set_number as change_number,
        findings.finding as change_kind,
        findings.line_numbers,
        findings.column_numbers,
        count(*) over (partition by reports.report_id) as candidates
    from exact_findings as findings
    inner join int_reports as reports on findings.report_key = {{ report_key('reports') }}
    where findings.line_numbers is not null

),

places_of_lines as (

    select
        changes.report_id,
        changes.change_number,
        list(
            {{ place_of('cells.line_number', 'cells.sheet_name', 'cells.page_number', 'cells.line_on_page') }}
            order by cells.line_number
        ) as places
    from changes
    inner join stg_nav__cells as cells
        on
        changes.report_id = cells.report_id
        and list_contains(changes.line_numbers, cells.line_number)
        and cells.column_number = 1
    where changes.change_kind = 'lines_misread'
    group by changes.report_id, changes.change_number

),

-- Both lines of a change of two rows or tables; the line of one table stands for both.
changes_in_place as (

    select
        changes.*,
        {{ place_of('one.line_number', 'one.sheet_name', 'one.page_number', 'one.line_on_page') }} as place,
        {{ place_of('other.line_number', 'other.sheet_name', 'other.page_number', 'other.line_on_page') }}
            as other_place,
        trim(one.row_label) as row_label,
        trim(other.row_label) as other_row_label
    from changes
    inner join stg_nav__cells as one
        on changes.report_id = one.report_id and changes.line_numbers[1] = one.line_number and one.column_number = 1
    inner join stg_nav__cells as other
        on
        changes.report_id = other.report_id
        and changes.line_numbers[-1] = other.line_number
        and other.column_number = 1

),

explained as (

    select
        changes.report_id,
        changes.change_number,
        changes.change_kind,
        changes.line_numbers,
        changes.column_numbers,
        changes.candidates,
        violated_checks.explained_checks,
        changes.file_name || ':' || changes.place || ': '
        || case changes.change_kind
            when 'rows_exchanged'
                then
                    'lines ' || changes.place || ' (' || changes.row_label || ') and ' || changes.other_place || ' ('
                    || changes.other_row_label || ') print each other''s figures'
            when 'columns_exchanged'
                then
                    'columns ' || changes.column_numbers[1] || ' and ' || changes.column_numbers[2]
                    || ' of the table that begins here (' || changes.row_label || ') are exchanged'
            when 'months_shifted'
                then
                    'the months of the table that begins here (' || changes.row_label || ') are shifted by '
                    || changes.column_numbers[1]
            when 'titles_exchanged'
                then
                    'the tables that begin here (' || changes.row_label || ') and in line ' || changes.other_place
                    || ' (' || changes.other_row_label || ') have each other''s title'
            when 'lines_misread'
                then
                    case
                        when len(lines.places) = 1 then 'line ' || changes.place || ' (' || changes.row_label || ') was'
                        when len(lines.places) <= 5 then 'lines ' || array_to_string(lines.places, ', ') || ' were'
                        else
                            len(lines.places) || ' lines from ' || changes.place || ' to ' || changes.other_place
                            || ' were'
                    end
                    || ' misread throughout: look at ' || if(len(lines.places) = 1, 'it', 'them') || ' again'
            else
                'below their first rows, the tables that begin here (' || changes.row_label || ') and in line '
                || changes.other_place || ' (' || changes.other_row_label || ') print each other''s figures'
        end
        || if(
            changes.candidates = 1,
            ', which alone explains ', ', one of ' || changes.candidates || ' changes that each alone would explain '
        )
        || coalesce(violated_checks.explained_checks, 0) || ' violated '
        || if(violated_checks.explained_checks = 1, 'check', 'checks') as explanation
    from changes_in_place as changes
    left join violated_checks on changes.report_id = violated_checks.report_id
    left join places_of_lines as lines
        on changes.report_id = lines.report_id and changes.change_number = lines.change_number

)

select * from explained
