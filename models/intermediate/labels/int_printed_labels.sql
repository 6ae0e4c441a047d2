with

int_rows_as_printed as (

    select * from {{ ref('int_rows_as_printed') }}

),

int_labels_as_printed as (

    select * from {{ ref('int_labels_as_printed') }}

),

int_labels_matched_by_rule as (

    select * from {{ ref('int_labels_matched_by_rule') }}

),

int_labels_matched_by_distance as (

    select * from {{ ref('int_labels_matched_by_distance') }}

),

matched_by_distance as (

    select * from int_labels_matched_by_distance
    where is_match

),

-- A misread label that begins with two digits ("19 år oa under") is not the county of that code if the whole of it is
-- near the label of something else.
matched_by_rule as (

    select by_rule.*
    from int_labels_matched_by_rule as by_rule
    where
        by_rule.match_method <> 'county_code'
        or not exists (
            select 1 from matched_by_distance as by_distance
            where
                by_distance.row_label = by_rule.row_label
                and by_distance.is_total_row = by_rule.is_total_row
                and by_distance.label_kind <> 'county'
        )

),

matches as (

    select
        row_label,
        is_total_row,
        label_kind,
        category_code,
        known_label,
        match_method,
        0 as edit_distance
    from matched_by_rule
    union all
    select
        by_distance.row_label,
        by_distance.is_total_row,
        by_distance.label_kind,
        by_distance.category_code,
        by_distance.known_label,
        'edit_distance' as match_method,
        by_distance.edit_distance
    from matched_by_distance as by_distance
    anti join matched_by_rule using (row_label, is_total_row)

),

nearest_labels as (

    select
        row_label,
        is_total_row,
        min(known_label) as nearest_label
    from int_labels_matched_by_distance
    group by all

),

labels_of_reports as (

    select distinct
        report_id,
        row_label,
        is_total_row
    from int_rows_as_printed

),

with_unknown_labels as (

    select
        printed.report_id,
        printed.row_label,
        printed.is_total_row,
        matches.label_kind,
        matches.category_code,
        coalesce(matches.match_method, 'unknown') as match_method,
        matches.edit_distance,
        coalesce(matches.known_label, nearest_labels.nearest_label) as nearest_label
    from labels_of_reports as printed
    left join matches using (row_label, is_total_row)
    left join nearest_labels using (row_label, is_total_row)

)

select * from with_unknown_labels
