with

int_newest_figures as (

    select * from {{ ref('int_newest_figures') }}
    {{ where_in_scope('month') }}

),

figures_of_immigration_category as (

    {{ figures_by('int_newest_figures', 'immigration_category', 'immigration_category_code') }}

)

select * from figures_of_immigration_category
