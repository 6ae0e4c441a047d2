with

int_newest_figures as (

    select * from {{ ref('int_newest_figures') }}
    {{ where_in_scope('month') }}

),

figures_of_country_background as (

    {{ figures_by('int_newest_figures', 'country_background', 'country_background_code') }}

)

select * from figures_of_country_background
