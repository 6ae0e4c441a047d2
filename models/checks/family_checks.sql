with

fct_main_groups as (

    select * from {{ ref('fct_main_groups') }}
    {{ where_in_scope('report_id') }}

),

int_newest_figures as (

    select * from {{ ref('int_newest_figures') }}
    {{ where_in_scope('month') }}

),

main_group_parts as (

    select * from {{ ref('main_group_parts') }}

),

int_reports as (

    select * from {{ ref('int_reports') }}

),

numbered_parts as (

    select
        *,
        row_number() over (order by main_group_code, family_code, measure_code) as part_number
    from main_group_parts

),

parts_of_groups as (

    select
        main_group_code,
        count(*) as parts
    from numbered_parts
    group by main_group_code

),

-- A whole family is its own "I alt"; where a breakdown prints none, it is the sum over its measures.
figures_of_parts as (

    select
        parts.main_group_code,
        parts.part_number,
        figures.* exclude (report_id),
        reports.file_name || ':' || figures.line_number as place
    from numbered_parts as parts
    inner join int_newest_figures as figures
        on
        parts.family_code = figures.family_code
        and case
            when parts.measure_code is not null then parts.measure_code = figures.measure_code
            else (figures.measure_code = 'all') = (figures.breakdown = 'none')
        end
    inner join int_reports as reports on figures.report_id = reports.report_id

),

compared as (

    {{ families_sum_to_main_groups('fct_main_groups', 'figures_of_parts', 'parts_of_groups') | indent(4) }}

),

judged as (

    select
        report_id,
        'families_sum_to_main_groups' as rule_code,
        participant_group_code,
        main_group_code as measure_code,
        breakdown,
        'month' as period_kind,
        month,
        total_lower,
        total_upper,
        parts_lower,
        parts_upper,
        verdict,
        [line_number] as line_numbers,
        if(category_code = 'all', '', 'category ' || category_code || ': ')
        || 'the main group is ' || {{ interval_text('total_lower', 'total_upper') }} || ', its parts sum to '
        || {{ interval_text('parts_lower', 'parts_upper') }} || ' (' || places || ')' as explanation
    from compared

)

select * from judged
