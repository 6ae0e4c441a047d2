with

counties as (

    select * from {{ ref('counties') }}

),

counties_described as (

    select
        county_code,
        county_name,
        county_name_en,
        name_norwegian,
        name_northern_sami,
        name_lule_sami,
        name_south_sami,
        name_kven,
        iso_3166_2_code,
        nuts_2024_code,
        valid_from,
        valid_to,
        sort_order
    from counties

)

select * from counties_described
