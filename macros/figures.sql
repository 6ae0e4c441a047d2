{#- What every fact by month says of a figure, after the codes that are its key. -#}
{% macro figure_columns() -%}
    month,
    participants,
    participants_lower,
    participants_upper,
    is_suppressed,
    report_id,
    is_corrected
{%- endmacro %}

{#- The monthly figures of one breakdown, the category under its own column name. Totals are left out: a reader may sum
    over any column without counting anybody twice. -#}
{% macro figures_by(breakdown, code_column) -%}
    select
        measure_code,
        category_code as {{ code_column }},
        {{ figure_columns() }}
    from int_newest_figures
    where breakdown = '{{ breakdown }}' and participant_group_code = 'all' and measure_code <> 'all'
{%- endmacro %}
