with

categories as (

    select * from {{ ref('categories') }}

),

country_background_categories as (

    select
        category_code as country_background_code,
        category_name as country_background_name,
        category_name_en as country_background_name_en,
        sort_order
    from categories
    where breakdown = 'country_background'

)

select * from country_background_categories
