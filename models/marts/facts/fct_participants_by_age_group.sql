with

int_newest_figures as (

    select * from {{ ref('int_newest_figures') }}
    {{ where_in_scope('month') }}

),

figures_of_age_group as (

    {{ figures_by('int_newest_figures', 'age_group', 'age_group_code') }}

)

select * from figures_of_age_group
