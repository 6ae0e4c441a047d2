{#- The relations across which figures may be joined, parts of a merger added up. -#}
{% macro is_exact_relation(relation) -%}
    ({{ relation }} in ('same', 'renamed', 'merged'))
{%- endmacro %}
