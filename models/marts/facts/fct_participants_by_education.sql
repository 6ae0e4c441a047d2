with

int_newest_figures as (

    select * from {{ ref('int_newest_figures') }}

),

figures_of_education as (

    {{ figures_by('education', 'education_code') }}

)

select * from figures_of_education
