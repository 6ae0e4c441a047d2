{{ config(alias='main_groups') }}

with

fct_main_groups as (

    select * from {{ ref('fct_main_groups') }}
    {{ where_in_scope('month') }}

),

dim_main_group as (

    select * from {{ ref('dim_main_group') }}

),

dim_participant_group as (

    select * from {{ ref('dim_participant_group') }}

),

dim_category as (

    select * from {{ ref('dim_category') }}

),

measure_families as (

    select * from {{ ref('measure_families') }}

),

int_latest_months as (

    select * from {{ ref('int_latest_months') }}

),

labelled_figures as (

    select
        figures.month,
        figures.month = int_latest_months.month as is_latest_month,
        figures.main_group_code,
        dim_main_group.main_group_name,
        dim_main_group.main_group_name_en,
        dim_main_group.sort_order as main_group_sort_order,
        {{ labels_of_series('dim_participant_group', 'dim_category') }},
        {{ shown_figure('figures') }},
        figures.comparable_series,
        figures.report_id,
        figures.page_number,
        figures.line_number
    from fct_main_groups as figures
    inner join measure_families on measure_families.holds_main_groups
    inner join int_latest_months on measure_families.family_code = int_latest_months.family_code
    inner join dim_main_group on figures.main_group_code = dim_main_group.main_group_code
    inner join dim_participant_group on figures.participant_group_code = dim_participant_group.participant_group_code
    inner join dim_category
        on figures.breakdown = dim_category.breakdown and figures.category_code = dim_category.category_code

)

select * from labelled_figures
