with

categories as (

    select * from {{ ref('categories') }}

),

age_group_categories as (

    select
        category_code as age_group_code,
        category_name as age_group_name,
        category_name_en as age_group_name_en,
        coalesce(age_from, 0) as age_from,
        coalesce(age_to, 120) as age_to,
        age_from is null or age_to is null as is_open_ended,
        categories.age_to - categories.age_from + 1 as years_in_band,
        sort_order
    from categories
    where breakdown = 'age_group'

)

select * from age_group_categories
