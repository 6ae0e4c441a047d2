with

int_newest_figures as (

    select * from {{ ref('int_newest_figures') }}
    {{ where_in_scope('month') }}

),

figures_of_education as (

    {{ figures_by('int_newest_figures', 'education', 'education_code') }}

)

select * from figures_of_education
