{#- A figure's text with one ordinary space for each space of any kind, and none around it. -#}
{% macro with_plain_spaces(value_text) -%}
    trim(regexp_replace({{ value_text }}, '[\s\pZ]+', ' ', 'g'))
{%- endmacro %}

{#- Two texts of a figure are the same whatever spaces part their thousands, which look alike. -#}
{% macro is_same_figure(one_text, other_text) -%}
    (replace({{ with_plain_spaces(one_text) }}, ' ', '') = replace({{ with_plain_spaces(other_text) }}, ' ', ''))
{%- endmacro %}

{#- A number or a star as the loader accepts it: at most nine digits, with spaces between thousands or without. -#}
{% macro is_figure(value_text) -%}
    regexp_full_match({{ with_plain_spaces(value_text) }}, '\*|[0-9]{1,9}|[0-9]{1,3}( [0-9]{3}){1,2}')
{%- endmacro %}
