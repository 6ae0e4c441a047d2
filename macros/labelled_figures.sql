{#- The figures of a fact with what a chart needs to show them. `thing` is what they are broken down by, and the prefix
    of its columns; `categories` is its dimension, `label` its column of names there, and `attributes` are columns that
    readers may want to choose or group by besides. -#}
{% macro labelled_figures(figures, measures, latest_months, categories=none, thing=none, label=none, attributes=[]) -%}
with

figures as (

    select * from {{ figures }}
    {{ where_in_scope('month') }}

),

dim_measure as (

    select * from {{ measures }}

),

int_latest_months as (

    select * from {{ latest_months }}

),
{% if thing %}
categories as (

    select * from {{ categories }}

),
{% endif %}
labelled_figures as (

    select
        figures.month,
        figures.month = int_latest_months.month as is_latest_month,
        {{ labels_of_figure('dim_measure', thing, label) }},
        {{ shown_figure('figures') }},
        figures.comparable_series,
        figures.report_id,
        figures.page_number,
        figures.line_number
        {{ ', categories.' ~ attributes | join(', categories.') if attributes }}
    from figures
    inner join dim_measure on figures.measure_code = dim_measure.measure_code
    inner join int_latest_months on dim_measure.family_code = int_latest_months.family_code
    {{ 'inner join categories on figures.' ~ thing ~ '_code = categories.' ~ thing ~ '_code' if thing }}

)

select * from labelled_figures
{%- endmacro %}

{#- A measure and, where there is one, a category: by code and name, in the order of the report. -#}
{% macro labels_of_figure(measures, thing, label) -%}
    {{ labels_of_measure(measures) }}
    {%- if thing %},
    categories.{{ thing }}_code,
    categories.{{ label or thing ~ '_name' }} as {{ thing }}_name,
    categories.{{ label or thing ~ '_name' }}_en as {{ thing }}_name_en,
    categories.sort_order as {{ thing }}_sort_order
    {%- endif %}
{%- endmacro %}

{#- A measure and its family, by name and in the order of the report. -#}
{% macro labels_of_measure(measures) -%}
    {{ measures }}.family_code,
    {{ measures }}.family_name,
    {{ measures }}.family_name_en,
    {{ measures }}.measure_code,
    {{ measures }}.measure_name,
    {{ measures }}.measure_name_en,
    {{ measures }}.sort_order as measure_sort_order
{%- endmacro %}

{#- Who is counted and how the figure is broken down, for tables that hold several groups and breakdowns. -#}
{% macro labels_of_series(groups, categories) -%}
    {{ groups }}.participant_group_code,
    {{ groups }}.participant_group_name,
    {{ groups }}.participant_group_name_en,
    {{ groups }}.sort_order as participant_group_sort_order,
    {{ categories }}.breakdown,
    {{ categories }}.breakdown_name,
    {{ categories }}.breakdown_name_en,
    {{ categories }}.category_code,
    {{ categories }}.category_name,
    {{ categories }}.category_name_en,
    {{ categories }}.sort_order as category_sort_order
{%- endmacro %}

{#- A figure as number, as interval, as text to print and how it was printed. The text of a star is the interval that
    the report's own rule gives it, and ? that of an illegible figure; a no-break space parts thousands. -#}
{% macro shown_figure(figures) -%}
    {{ figures }}.participants,
    {{ figures }}.participants_lower,
    {{ figures }}.participants_upper,
    coalesce(
        replace(format('{:,}', {{ figures }}.participants), ',', chr(160)),
        {{ figures }}.participants_lower || '–' || {{ figures }}.participants_upper,
        '?'
    ) as participants_text,
    case
        when {{ figures }}.is_illegible then 'illegible'
        when {{ figures }}.is_suppressed then 'suppressed'
        when {{ figures }}.is_restored then 'restored'
        when {{ figures }}.is_corrected then 'corrected'
        else 'printed'
    end as status
{%- endmacro %}
