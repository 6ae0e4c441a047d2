{{ config(unique_key='month') }}

with

newest_figures as (

    {{
        newest_figures(
            ref('int_observations'), ref('int_printed_months'), ref('series_breaks'), holds_main_groups=true
        ) | indent(4)
    }}

),

figures_of_main_groups as (

    select
        measure_code as main_group_code,
        participant_group_code,
        breakdown,
        category_code,
        {{ figure_columns() }}
    from newest_figures
    where measure_code <> 'all'

)

select * from figures_of_main_groups
