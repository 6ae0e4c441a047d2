{#- The figures of each month from the newest edition that prints it: those of measures, or those of main groups, which
    are totals over measures of other families and never stand beside them. -#}
{% macro newest_figures(observations, printed_months, breaks, holds_main_groups) -%}
with

int_observations as (

    select * from {{ observations }}
    {{ where_in_scope('month') }}

),

int_printed_months as (

    select * from {{ printed_months }}
    {{ where_in_scope('month') }}

),

series_breaks as (

    select * from {{ breaks }}

),

-- A month is taken whole from one edition: rows of two editions side by side would count people twice.
newest_figures as (

    select
        observations.report_id,
        observations.participant_group_code,
        observations.measure_code,
        observations.breakdown,
        observations.category_code,
        observations.month,
        observations.value as participants,
        observations.value_lower as participants_lower,
        observations.value_upper as participants_upper,
        observations.is_suppressed,
        observations.is_illegible,
        observations.is_restored,
        observations.is_corrected,
        observations.page_number,
        observations.line_number,
        months.family_code
    from int_observations as observations
    inner join int_printed_months as months
        on observations.report_id = months.report_id and observations.month = months.month
    where
        observations.period_kind = 'month'
        and months.is_newest
        and months.holds_main_groups = {{ holds_main_groups }}

),

with_comparable_series as (

    select
        newest_figures.*,
        {{ comparable_series('newest_figures', 'series_breaks') }} as comparable_series
    from newest_figures

)

select * from with_comparable_series
{%- endmacro %}
