{{ config(materialized='view') }}

with

int_rows_as_printed as (

    select * from {{ ref('int_rows_as_printed') }}

),

int_printed_labels as (

    select * from {{ ref('int_printed_labels') }}
    {{ where_in_scope('report_id') }}

),

labelled_rows as (

    select
        printed.report_id,
        printed.table_number,
        printed.is_total_row,
        if(printed.is_municipality, 'municipality', labels.label_kind) as label_kind,
        labels.category_code
    from int_rows_as_printed as printed
    inner join int_printed_labels as labels using (report_id, row_label, is_total_row)

),

-- The total row says whom and what a table counts: a participant group, or one measure.
subjects as (

    select
        report_id,
        table_number,
        case label_kind when 'participant_group' then category_code when 'measure' then 'all' end
            as participant_group_code,
        case label_kind when 'participant_group' then 'all' when 'measure' then category_code end as measure_code
    from labelled_rows
    where is_total_row

),

votes as (

    select
        report_id,
        table_number,
        label_kind,
        count(*) as row_count
    from labelled_rows
    where not is_total_row and label_kind <> 'measure'
    group by all

),

likeliest_breakdowns as (

    select
        report_id,
        table_number,
        list(label_kind) as candidates
    from votes
    where
        row_count = (
            select max(rivals.row_count) from votes as rivals
            where rivals.report_id = votes.report_id and rivals.table_number = votes.table_number
        )
    group by all

),

told_by_rows as (

    select
        subjects.*,
        coalesce(likeliest_breakdowns.candidates, []) as candidates,
        case
            when subjects.measure_code = 'all' then 'none'
            when len(likeliest_breakdowns.candidates) = 1 then likeliest_breakdowns.candidates[1]
        end as breakdown
    from subjects
    left join likeliest_breakdowns using (report_id, table_number)

),

with_neighbours as (

    select
        *,
        last_value(breakdown ignore nulls) over subject_before as breakdown_before,
        lead(measure_code) over document as measure_code_after,
        lead(breakdown) over document as breakdown_after
    from told_by_rows
    window
        document as (partition by report_id order by table_number),
        subject_before as (
            partition by report_id, participant_group_code, measure_code order by table_number
            rows between unbounded preceding and 1 preceding
        )

),

-- A page break may leave a table's last row alone under a repeated total ("Ukjent", which counties and country
-- backgrounds share), or a total row alone at the foot of a page: such a block belongs to the table around it.
told_by_context as (

    select
        report_id,
        table_number,
        participant_group_code,
        measure_code,
        case
            when breakdown is not null then breakdown
            when len(candidates) = 0 and measure_code_after = measure_code and breakdown_after is not null
                then breakdown_after
            when len(candidates) = 0 or list_contains(candidates, breakdown_before) then breakdown_before
        end as breakdown
    from with_neighbours

)

select * from told_by_context
