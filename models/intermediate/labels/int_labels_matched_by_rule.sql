{{ config(materialized='view') }}

with

int_labels_as_printed as (

    select * from {{ ref('int_labels_as_printed') }}

),

int_known_labels as (

    select * from {{ ref('int_known_labels') }}

),

counties as (

    select * from {{ ref('counties') }}

),

matched_to_the_letter as (

    select
        printed.row_label,
        printed.is_total_row,
        known.label_kind,
        known.category_code,
        known.label as known_label,
        if(printed.row_label = known.label, 'exact', 'folded') as match_method
    from int_labels_as_printed as printed
    inner join int_known_labels as known
        on printed.is_total_row = known.is_total_row and printed.folded_label = known.folded_label

),

county_names as (

    select
        county_code,
        county_code || ' ' || county_name as known_label,
        {{ fold_label("split_part(county_name, ' - ', 1)") }} as folded_first_name
    from counties

),

-- The code decides, as names are respelled between editions; but a label that bears the code of one county and the
-- name of another is a slip in one of the two, and nobody can say in which.
matched_by_county_code as (

    select
        printed.row_label,
        printed.is_total_row,
        'county' as label_kind,
        county_names.county_code as category_code,
        county_names.known_label,
        'county_code' as match_method
    from int_labels_as_printed as printed
    inner join county_names on printed.leading_code = county_names.county_code
    where
        printed.folded_first_name = county_names.folded_first_name
        or printed.folded_first_name not in (select others.folded_first_name from county_names as others)

),

best_match as (

    select *
    from (
        select * from matched_to_the_letter
        union all
        select * from matched_by_county_code
    )
    qualify
        row_number() over (
            partition by row_label, is_total_row, label_kind, category_code
            order by list_position(['exact', 'folded', 'county_code'], match_method)
        ) = 1

),

-- "19 år og under" begins like a county's label: the code counts only where the letters name nothing.
without_idle_codes as (

    select *
    from best_match
    qualify match_method <> 'county_code' or bool_and(match_method = 'county_code') over (partition by row_label)

)

select * from without_idle_codes
