with

categories as (

    select * from {{ ref('categories') }}

),

immigration_category_categories as (

    select
        category_code as immigration_category_code,
        category_name as immigration_category_name,
        category_name_en as immigration_category_name_en,
        sort_order
    from categories
    where breakdown = 'immigration_category'

)

select * from immigration_category_categories
