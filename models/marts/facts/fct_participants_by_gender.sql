with

int_newest_figures as (

    select * from {{ ref('int_newest_figures') }}
    {{ where_in_work('month') }}

),

figures_of_gender as (

    {{ figures_by('gender', 'gender_code') }}

)

select * from figures_of_gender
