with

categories as (

    select * from {{ ref('categories') }}

),

education_categories as (

    select
        category_code as education_code,
        category_name as education_name,
        category_name_en as education_name_en,
        ssb_level,
        nus2000_first_digits,
        sort_order
    from categories
    where breakdown = 'education'

)

select * from education_categories
