with

fct_participants_by_county_2024 as (

    select * from {{ ref('fct_participants_by_county_2024') }}
    {{ where_in_scope('month') }}

),

dim_measure as (

    select * from {{ ref('dim_measure') }}

),

dim_county as (

    select * from {{ ref('dim_county') }}

),

int_latest_months as (

    select * from {{ ref('int_latest_months') }}

),

-- A month in which one county has no figure would give a sum that looks like the whole country and is not.
whole_months as (

    select
        dim_measure.family_code,
        figures.month
    from fct_participants_by_county_2024 as figures
    inner join dim_measure on figures.measure_code = dim_measure.measure_code
    group by all
    having bool_and(figures.why_not is null)

),

labelled_figures as (

    select
        figures.month,
        figures.month = int_latest_months.month as is_latest_month,
        {{ labels_of_measure('dim_measure') }},
        figures.county_code,
        dim_county.county_label as county_name,
        dim_county.county_label_en as county_name_en,
        dim_county.sort_order as county_sort_order,
        {{ shown_figure('figures') }},
        figures.comparable_series,
        figures.report_id,
        figures.page_number,
        figures.line_number,
        figures.printed_counties,
        dim_county.iso_3166_2_code
    from fct_participants_by_county_2024 as figures
    inner join dim_measure on figures.measure_code = dim_measure.measure_code
    inner join whole_months on dim_measure.family_code = whole_months.family_code and figures.month = whole_months.month
    inner join int_latest_months on dim_measure.family_code = int_latest_months.family_code
    inner join dim_county on figures.county_code = dim_county.county_code

)

select * from labelled_figures
