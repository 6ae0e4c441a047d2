"""The tables of the schema `raw`, their meaning, and how printed rows become their rows."""

from __future__ import annotations

CREATE = """
create schema if not exists raw;

create table if not exists raw.reports (
    report_id varchar not null primary key,
    file_name varchar not null,
    sha256 varchar not null,
    byte_count bigint not null,
    period_start date not null,
    period_end date not null,
    suppression_threshold integer not null,
    loaded_at timestamp not null,
    loader_version varchar not null,
    file_format varchar not null,
    reader_version varchar
);

create table if not exists raw.cells (
    report_id varchar not null,
    line_number integer not null,
    page_number integer not null,
    table_number integer not null,
    row_number integer not null,
    row_label varchar not null,
    column_number integer not null,
    column_label varchar not null,
    value_text varchar not null,
    sheet_name varchar,
    line_on_page integer,
    box_left real,
    box_top real,
    box_right real,
    box_bottom real,
    readings varchar[],
    reading_state varchar not null
);

comment on table raw.reports is 'One row per report file loaded, keyed by its content.';
comment on column raw.reports.report_id is
    'Last month of the period and first 12 digits of sha256: the same content always has the same id.';
comment on column raw.reports.file_name is 'Name of the file it was loaded from, without folder.';
comment on column raw.reports.sha256 is 'SHA-256 of the bytes of the file, 64 hexadecimal digits.';
comment on column raw.reports.byte_count is 'Size of the file in bytes.';
comment on column raw.reports.period_start is 'First day of the first month that the report covers.';
comment on column raw.reports.period_end is 'First day of the last month that the report covers.';
comment on column raw.reports.suppression_threshold is
    'Numbers of people below this are printed as *; read from the text of the report.';
comment on column raw.reports.loaded_at is
    'When the report was loaded, in UTC; later than that of every report loaded before it, whatever the clock says.';
comment on column raw.reports.loader_version is 'Version of the loader that read the report.';

comment on column raw.reports.file_format is 'Kind of file it was read from: text, excel, pdf or scan.';
comment on column raw.reports.reader_version is
    'Libraries that read the file, with their versions; null where the loader reads it by itself, as it does a text.';

comment on table raw.cells is
    'One row per printed cell: what the report prints, where it prints it; nothing judged, nothing lost.';
comment on column raw.cells.report_id is 'The report, see raw.reports.';
comment on column raw.cells.line_number is
    'Line of the report, from 1: of a text file its line, else a running number over sheets or pages.';
comment on column raw.cells.page_number is
    'Page, from 1: of a PDF or a scan its page; elsewhere counts the lines that print the period.';
comment on column raw.cells.table_number is
    'Header block within the report, from 1; a table continued on the next page is another block.';
comment on column raw.cells.row_number is 'Row within the header block, from 1, which is the total row.';
comment on column raw.cells.row_label is
    'Label of the row as printed, spaces around it and scanning noise included.';
comment on column raw.cells.column_number is 'Figure column, from 1, which is the average so far this year.';
comment on column raw.cells.column_label is
    'Label of the column as printed: the average, or a month without its year.';
comment on column raw.cells.value_text is
    'Figure as printed: digits with any kind of space between thousands, * where suppressed, or ? where a scan is '
    'illegible.';
comment on column raw.cells.sheet_name is 'Sheet of the workbook; null where the report is no workbook.';
comment on column raw.cells.line_on_page is
    'Row of the sheet of a workbook, or line of the page of a PDF or a scan, from 1; null where the report is a text.';
comment on column raw.cells.box_left is
    'Where the figure begins, in points from the left of the page as displayed; null where it is no PDF or scan.';
comment on column raw.cells.box_top is
    'Top of the figure, in points from the top of the page as displayed; null where the report is no PDF or scan.';
comment on column raw.cells.box_right is
    'Where the figure ends, in points from the left of the page as displayed; null where the report is no PDF or scan.';
comment on column raw.cells.box_bottom is
    'Bottom of the figure, in points from the top of the page as displayed; null where the report is no PDF or scan.';
comment on column raw.cells.readings is
    'What each reader of a scan read there, without spaces: ? is a sign that it could not tell, nothing where it read '
    'none; null where the report is no scan.';
comment on column raw.cells.reading_state is
    'printed: the file itself has the figure; read_twice: two readings of a scan agree; read_once: no two do.';
"""

# A database of an earlier version, which read texts or workbooks alone, gets the columns that came later.
UPGRADE = """
alter table raw.reports add column if not exists file_format varchar default 'text';
alter table raw.cells add column if not exists sheet_name varchar;
alter table raw.cells add column if not exists line_on_page integer;
alter table raw.cells add column if not exists box_left real;
alter table raw.cells add column if not exists box_top real;
alter table raw.cells add column if not exists box_right real;
alter table raw.cells add column if not exists box_bottom real;
alter table raw.reports add column if not exists reader_version varchar;
alter table raw.cells add column if not exists readings varchar[];
alter table raw.cells add column if not exists reading_state varchar default 'printed';
"""

IS_UP_TO_DATE = """
select count(*) = 1
from duckdb_columns()
where
    database_name = current_database()
    and schema_name = 'raw'
    and table_name = 'cells'
    and column_name = 'reading_state'
"""

# Whatever the clock says, a report is loaded after all that are there: all are moved by so much as the first needs.
INSERT_REPORTS = """
insert into raw.reports by name
select
    * replace (
        make_timestamp(
            epoch_us(loaded_at)
            + greatest(0, epoch_us((select max(loaded_at) from raw.reports)) + 1 - epoch_us(min(loaded_at) over ()))
        ) as loaded_at
    ),
from printed_reports
"""

# A printed table arrives as text: its rows end in line feeds, chr(10), the fields of a row in tabs, chr(9).
# The first field of a row is its label, and each other one becomes a row of raw.cells. Where a file has pages,
# `boxes` has the four sides of each figure, figure after figure and row after row, and of a scan `readings` has a text
# for each figure, its readings parted by |; other files load faster without.
_INSERT_CELLS = """
with printed_rows as (
    select
        *,
        unnest(string_split(rows, chr(10))) as row_text,
        unnest(line_numbers) as line_number,
        unnest(lines_on_page) as line_on_page,
        {row_columns}
        unnest(range(1, len(line_numbers) + 1)) as row_number,
    from printed_tables
),

split_rows as (
    select
        *,
        string_split(row_text, chr(9)) as fields,
        {row_boxes}
        string_split(header, chr(9)) as column_labels,
    from printed_rows
)

insert into raw.cells by name
select
    report_id,
    line_number,
    {page_number} as page_number,
    table_number,
    row_number,
    fields[1] as row_label,
    unnest(range(1, len(fields))) as column_number,
    unnest(column_labels) as column_label,
    unnest(fields[2:]) as value_text,
    sheet_name,
    line_on_page,
    {cell_columns}
from split_rows
"""
INSERT_CELLS = _INSERT_CELLS.format(
    row_columns="", row_boxes="", page_number="page_number", cell_columns="'printed' as reading_state,"
)
INSERT_CELLS_ON_PAGES = _INSERT_CELLS.format(
    row_columns="""
        unnest(pages_of_rows) as page_of_row,
        unnest(string_split(readings, chr(10))) as readings_of_row,
    """,
    row_boxes="""
        4 * (len(fields) - 1) as sides,
        boxes[(row_number - 1) * sides + 1 : row_number * sides] as row_boxes,
        string_split(readings_of_row, chr(9)) as readings_of_cells,
    """,
    page_number="page_of_row",
    cell_columns="""
    unnest(row_boxes[1:-:4]) as box_left,
    unnest(row_boxes[2:-:4]) as box_top,
    unnest(row_boxes[3:-:4]) as box_right,
    unnest(row_boxes[4:-:4]) as box_bottom,
    string_split(nullif(unnest(readings_of_cells), ''), '|') as readings,
    case
        when readings_of_cells is null then 'printed'
        when value_text = '?' then 'read_once'
        else 'read_twice'
    end as reading_state,
    """,
)

KNOWN_REPORTS = "select sha256, report_id from raw.reports"

DELETE_REPORT = "delete from raw.reports where report_id = ?"
DELETE_CELLS = "delete from raw.cells where report_id = ?"
