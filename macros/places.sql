{#- Where a line stands in its file, as a person finds it: its number, sheet and row, or page and line of a PDF. -#}
{% macro place_of(line_number, sheet_name, page_number, line_on_page) -%}
    coalesce(
        '''' || {{ sheet_name }} || '''!' || {{ line_on_page }},
        'page ' || {{ page_number }} || ', line ' || {{ line_on_page }},
        {{ line_number }}::varchar
    )
{%- endmacro %}
