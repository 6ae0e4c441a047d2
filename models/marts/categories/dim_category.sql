with

breakdowns as (

    select * from {{ ref('breakdowns') }}

),

categories as (

    select * from {{ ref('categories') }}

),

dim_county as (

    select * from {{ ref('dim_county') }}

),

categories_of_breakdowns as (

    select
        breakdown,
        category_code,
        category_name,
        category_name_en,
        sort_order
    from categories
    union all
    select
        'county' as breakdown,
        county_code as category_code,
        county_label as category_name,
        county_label_en as category_name_en,
        sort_order
    from dim_county

),

categories_described as (

    select
        categories_of_breakdowns.breakdown,
        breakdowns.breakdown_name,
        breakdowns.breakdown_name_en,
        categories_of_breakdowns.category_code,
        categories_of_breakdowns.category_name,
        categories_of_breakdowns.category_name_en,
        categories_of_breakdowns.sort_order
    from categories_of_breakdowns
    inner join breakdowns on categories_of_breakdowns.breakdown = breakdowns.breakdown
    union all
    select
        'none' as breakdown,
        'Ingen' as breakdown_name,
        'None' as breakdown_name_en,
        'all' as category_code,
        'I alt' as category_name,
        'All' as category_name_en,
        0 as sort_order

)

select * from categories_described
