{{ config(materialized='table') }}

with

int_measures as (

    select * from {{ ref('int_measures') }}

),

participant_groups as (

    select * from {{ ref('participant_groups') }}

),

counties as (

    select * from {{ ref('counties') }}

),

categories as (

    select * from {{ ref('categories') }}

),

printed_labels as (

    select * from {{ ref('printed_labels') }}

),

names_of_all_kinds as (

    select
        'measure' as label_kind,
        measure_code as category_code,
        measure_name as label,
        is_total,
        false as is_other_spelling
    from int_measures
    where not is_total
    union
    select
        'participant_group',
        participant_group_code,
        participant_group_name,
        is_total,
        false
    from participant_groups
    union
    select
        'county',
        county_code,
        county_code || ' ' || county_name,
        false,
        false
    from counties
    union
    select
        breakdown,
        category_code,
        category_name,
        false,
        false
    from categories
    union
    select
        label_kind,
        category_code,
        printed_label,
        false,
        true
    from printed_labels

),

-- The total row of a table bears the name of what it counts after "I alt"; everybody is "I alt" alone.
labels_of_both_kinds_of_row as (

    select
        label_kind,
        category_code,
        label,
        is_other_spelling,
        false as is_total_row
    from names_of_all_kinds
    where label_kind <> 'participant_group'
    union all
    select
        label_kind,
        category_code,
        if(is_total, label, 'I alt ' || label),
        is_other_spelling,
        true
    from names_of_all_kinds
    where label_kind in ('participant_group', 'measure')

),

folded as (

    select
        label_kind,
        category_code,
        is_total_row,
        label,
        is_other_spelling,
        {{ fold_label('label') }} as folded_label,
        regexp_replace(label, '[^0-9]', '', 'g') as digits
    from labels_of_both_kinds_of_row

)

select * from folded
