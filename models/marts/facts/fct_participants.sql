with

int_newest_figures as (

    select * from {{ ref('int_newest_figures') }}

),

figures_of_measures as (

    select
        measure_code,
        month,
        participants,
        participants_lower,
        participants_upper,
        is_suppressed,
        report_id,
        is_corrected
    from int_newest_figures
    where breakdown = 'none' and participant_group_code = 'all' and measure_code <> 'all'

)

select * from figures_of_measures
