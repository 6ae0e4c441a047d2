with

int_newest_figures as (

    select * from {{ ref('int_newest_figures') }}

),

figures_of_county as (

    {{ figures_by('county', 'county_code') }}

)

select * from figures_of_county
