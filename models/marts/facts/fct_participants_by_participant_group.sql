with

int_newest_figures as (

    select * from {{ ref('int_newest_figures') }}
    {{ where_in_scope('month') }}

),

figures_of_participant_groups as (

    select
        measure_code,
        participant_group_code,
        {{ figure_columns() }}
    from int_newest_figures
    where breakdown = 'none' and participant_group_code <> 'all' and measure_code <> 'all'

)

select * from figures_of_participant_groups
