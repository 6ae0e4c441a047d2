with

counties as (

    select * from {{ ref('counties') }}

),

-- A county that has its name from an older one keeps it; the older one is told apart by its last year.
counties_with_eras as (

    select
        *,
        coalesce(name_norwegian, county_name) as short_name,
        if(count(*) over (partition by short_name) > 1, year(valid_to), null) as last_year_of_name
    from counties

),

counties_described as (

    select
        county_code,
        county_name,
        county_name_en,
        short_name || coalesce(' (til ' || last_year_of_name || ')', '') as county_label,
        county_name_en || coalesce(' (until ' || last_year_of_name || ')', '') as county_label_en,
        name_norwegian,
        name_northern_sami,
        name_lule_sami,
        name_south_sami,
        name_kven,
        iso_3166_2_code,
        nuts_2024_code,
        valid_from,
        valid_to,
        valid_to is null as is_current,
        sort_order
    from counties_with_eras

)

select * from counties_described
