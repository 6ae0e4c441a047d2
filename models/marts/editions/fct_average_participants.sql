with

int_observations as (

    select * from {{ ref('int_observations') }}
    {{ where_in_scope('report_id') }}

),

printed_averages as (

    select
        report_id,
        participant_group_code,
        measure_code,
        breakdown,
        category_code,
        value as participants,
        value_lower as participants_lower,
        value_upper as participants_upper,
        is_suppressed,
        is_corrected
    from int_observations
    where period_kind = 'average'

)

select * from printed_averages
