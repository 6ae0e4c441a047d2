{{ config(materialized='view') }}

with

int_labels_as_printed as (

    select * from {{ ref('int_labels_as_printed') }}

),

int_labels_matched_by_rule as (

    select * from {{ ref('int_labels_matched_by_rule') }}

),

int_known_labels as (

    select * from {{ ref('int_known_labels') }}

),

unmatched_labels as (

    select * from int_labels_as_printed
    anti join (
        select * from int_labels_matched_by_rule
        where match_method <> 'county_code'
    ) as read_to_the_letter using (row_label, is_total_row)

),

-- A code or a number in a label is never misread by the scanner, so labels with other digits are no candidates.
distances as (

    select
        unmatched_labels.row_label,
        unmatched_labels.is_total_row,
        known.label_kind,
        known.category_code,
        known.label as known_label,
        known.folded_label as known_folded_label,
        damerau_levenshtein(unmatched_labels.folded_label, known.folded_label) as edit_distance,
        {{ near_distance('unmatched_labels.folded_label') }} as near_distance
    from unmatched_labels
    inner join int_known_labels as known
        on unmatched_labels.is_total_row = known.is_total_row and unmatched_labels.digits = known.digits

),

nearest as (

    select *
    from distances
    qualify edit_distance = min(edit_distance) over (partition by row_label, is_total_row)

),

-- Clearly farther: the second candidate lies more than twice as far. A label between two categories stays unknown.
with_rivals as (

    select
        nearest.*,
        exists(
            select 1
            from distances as rivals
            where
                rivals.row_label = nearest.row_label
                and rivals.is_total_row = nearest.is_total_row
                and rivals.known_folded_label <> nearest.known_folded_label
                and (rivals.label_kind, rivals.category_code) <> (nearest.label_kind, nearest.category_code)
                and rivals.edit_distance <= 2 * nearest.edit_distance
        ) as has_rival
    from nearest

),

judged as (

    select
        row_label,
        is_total_row,
        label_kind,
        category_code,
        known_label,
        edit_distance,
        edit_distance <= near_distance and not has_rival as is_match
    from with_rivals
    qualify row_number() over (partition by row_label, is_total_row, label_kind, category_code order by known_label) = 1

)

select * from judged
