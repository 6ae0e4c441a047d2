with

source as (

    select * from {{ source('raw', 'cells') }}

),

renamed as (

    select
        report_id,
        line_number,
        page_number,
        table_number,
        row_number,
        row_label,
        column_number,
        column_label,
        value_text,
        sheet_name,
        line_on_page,
        readings,
        reading_state
    from source

)

select * from renamed
