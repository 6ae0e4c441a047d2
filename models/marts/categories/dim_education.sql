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
        coalesce(left(ssb_level, 2) in ('03', '04'), false) as is_higher_education,
        nus2000_first_digits,
        sort_order
    from categories
    where breakdown = 'education'

)

select * from education_categories
