with

int_newest_figures as (

    select * from {{ ref('int_newest_figures') }}

),

figures_of_age_group as (

    {{ figures_by('age_group', 'age_group_code') }}

)

select * from figures_of_age_group
