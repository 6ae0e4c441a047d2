{#- Whether something is in force on a day; an empty first or last day leaves that end open. -#}
{% macro is_in_force(day, first_day, last_day) -%}
    {{ day }} between coalesce({{ first_day }}, {{ day }}) and coalesce({{ last_day }}, {{ day }})
{%- endmacro %}

{#- Whether a row of a seed concerns other rows, by one of their codes; an empty code concerns every one. -#}
{% macro code_concerns(seed_rows, rows, code) -%}
    coalesce({{ seed_rows }}.{{ code }}, {{ rows }}.{{ code }}) = {{ rows }}.{{ code }}
{%- endmacro %}
