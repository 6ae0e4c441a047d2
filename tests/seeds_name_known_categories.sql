with

printed_labels as (

    select * from {{ ref('printed_labels') }}

),

optional_rows as (

    select * from {{ ref('optional_rows') }}

),

measure_changes as (

    select * from {{ ref('measure_changes') }}

),

series_breaks as (

    select * from {{ ref('series_breaks') }}

),

int_measures as (

    select * from {{ ref('int_measures') }}

),

measure_families as (

    select * from {{ ref('measure_families') }}

),

breakdowns as (

    select * from {{ ref('breakdowns') }}

),

categories as (

    select * from {{ ref('categories') }}

),

rules as (

    select * from {{ ref('rules') }}

),

report_sources as (

    select * from {{ ref('report_sources') }}

),

int_known_labels as (

    select * from {{ ref('int_known_labels') }}

),

known_categories as (

    select distinct
        label_kind,
        category_code
    from int_known_labels
    where not is_other_spelling
    union all
    select
        'family',
        family_code
    from measure_families
    union all
    select
        'breakdown',
        breakdown
    from breakdowns

),

named_categories as (

    select
        'printed_labels' as seed_name,
        label_kind,
        category_code
    from printed_labels
    union all
    select
        'optional_rows',
        coalesce(breakdown, 'a category without a breakdown'),
        category_code
    from optional_rows
    where category_code is not null
    union all
    select distinct
        'optional_rows',
        'measure',
        measure_code
    from optional_rows
    where measure_code is not null
    union all
    select distinct
        'optional_rows',
        'family',
        family_code
    from optional_rows
    where family_code is not null
    union all
    select
        'measure_changes',
        'measure',
        unnest([from_measure_code, to_measure_code])
    from measure_changes
    union all
    select distinct
        'categories',
        'breakdown',
        breakdown
    from categories
    union all
    select
        'rules',
        'breakdown',
        breakdown
    from rules
    where breakdown is not null
    union all
    select
        'measures',
        'family',
        family_code
    from int_measures
    where not is_total
    union all
    select
        'report_sources',
        'family',
        family_code
    from report_sources
    where report_id is null
    union all
    select
        'series_breaks',
        'measure',
        measure_code
    from series_breaks
    where measure_code is not null
    union all
    select
        'series_breaks',
        'participant_group',
        participant_group_code
    from series_breaks
    where participant_group_code is not null
    union all
    select
        'series_breaks',
        coalesce(breakdown, 'a category without a breakdown'),
        category_code
    from series_breaks
    where category_code is not null

)

select
    *,
    'seeds/' || seed_name || '.csv names ' || label_kind || ' ' || coalesce(category_code, 'without a code')
    || ', which no code list has'
        as explanation
from named_categories
anti join known_categories using (label_kind, category_code)
