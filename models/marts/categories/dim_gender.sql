with

categories as (

    select * from {{ ref('categories') }}

),

gender_categories as (

    select
        category_code as gender_code,
        category_name as gender_name,
        category_name_en as gender_name_en,
        sort_order
    from categories
    where breakdown = 'gender'

)

select * from gender_categories
