with

fct_average_participants as (

    select * from {{ ref('fct_average_participants') }}

),

dim_report as (

    select
        *,
        edition_month as month
    from {{ ref('dim_report') }}
    {{ where_in_scope('month') }}

),

measure_families as (

    select * from {{ ref('measure_families') }}

),

dim_measure as (

    select * from {{ ref('dim_measure') }}

),

dim_participant_group as (

    select * from {{ ref('dim_participant_group') }}

),

dim_category as (

    select * from {{ ref('dim_category') }}

),

int_latest_months as (

    select * from {{ ref('int_latest_months') }}

),

-- A re-issue stands instead of what it replaces.
labelled_averages as (

    select
        dim_report.month,
        dim_report.month = int_latest_months.month as is_latest_month,
        dim_report.family_code,
        measure_families.family_name,
        measure_families.family_name_en,
        averages.measure_code,
        dim_measure.measure_name,
        dim_measure.measure_name_en,
        dim_measure.sort_order as measure_sort_order,
        {{ labels_of_series('dim_participant_group', 'dim_category') }},
        {{ shown_figure('averages') }},
        averages.report_id,
        averages.page_number,
        averages.line_number
    from fct_average_participants as averages
    inner join dim_report on averages.report_id = dim_report.report_id and dim_report.superseded_by_report_id is null
    inner join int_latest_months on dim_report.family_code = int_latest_months.family_code
    inner join measure_families on dim_report.family_code = measure_families.family_code
    inner join dim_measure on averages.measure_code = dim_measure.measure_code
    inner join dim_participant_group on averages.participant_group_code = dim_participant_group.participant_group_code
    inner join dim_category
        on averages.breakdown = dim_category.breakdown and averages.category_code = dim_category.category_code

)

select * from labelled_averages
