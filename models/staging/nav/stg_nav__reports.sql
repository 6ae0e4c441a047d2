with

source as (

    select * from {{ source('raw', 'reports') }}

),

renamed as (

    select
        report_id,
        file_name,
        sha256,
        byte_count,
        period_start,
        period_end,
        suppression_threshold,
        loaded_at,
        loader_version,
        file_format
    from source

)

select * from renamed
