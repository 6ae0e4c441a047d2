{#- Where a line stands in its file, as a person finds it: its number, or sheet and row of a workbook. -#}
{% macro place_of(line_number, sheet_name, line_on_page) -%}
    coalesce('''' || {{ sheet_name }} || '''!' || {{ line_on_page }}, {{ line_number }}::varchar)
{%- endmacro %}
