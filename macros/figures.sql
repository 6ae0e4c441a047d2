{#- What every fact by month says of a figure, after the codes that are its key. -#}
{% macro figure_columns() -%}
    month,
    participants,
    participants_lower,
    participants_upper,
    is_suppressed,
    is_illegible,
    is_restored,
    report_id,
    page_number,
    line_number,
    is_corrected,
    comparable_series
{%- endmacro %}

{#- The monthly figures of one breakdown, the category under its own column name. Totals are left out: a reader may sum
    over any column without counting anybody twice. -#}
{% macro figures_by(figures, breakdown, code_column) -%}
    select
        measure_code,
        category_code as {{ code_column }},
        {{ figure_columns() }}
    from {{ figures }}
    where breakdown = '{{ breakdown }}' and participant_group_code = 'all' and measure_code <> 'all'
{%- endmacro %}

{#- The month of the latest break that concerns a figure, or `first` before any. An empty code of a break concerns every
    figure; the figures of everybody together have the group `all`, which no break of one group concerns. -#}
{% macro comparable_series(figures, breaks) -%}
    coalesce(
        (
            select strftime(max({{ breaks }}.break_month), '%Y-%m')
            from {{ breaks }}
            where
                {{ breaks }}.break_month <= {{ figures }}.month
                and {{ code_concerns(breaks, figures, 'breakdown') }}
                and {{ code_concerns(breaks, figures, 'category_code') }}
                and {{ code_concerns(breaks, figures, 'measure_code') }}
                and {{ code_concerns(breaks, figures, 'participant_group_code') }}
        ),
        'first'
    )
{%- endmacro %}
