with

int_newest_figures as (

    select * from {{ ref('int_newest_figures') }}
    {{ where_in_scope('month') }}

),

figures_of_county as (

    {{ figures_by('int_newest_figures', 'county', 'county_code') }}

)

select * from figures_of_county
