{#- Whether something is in force on a day; an empty first or last day leaves that end open. -#}
{% macro is_in_force(day, first_day, last_day) -%}
    {{ day }} between coalesce({{ first_day }}, {{ day }}) and coalesce({{ last_day }}, {{ day }})
{%- endmacro %}
