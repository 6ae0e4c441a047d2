{#- Scanning noise sits in letters, accents and spaces, never in digits: a label folded to bare letters and
    digits is the same for every way of printing it that differs only in case, accents, spaces or signs. -#}
{% macro fold_label(label) -%}
    regexp_replace(
        replace(replace(replace(strip_accents(lower({{ label }})), 'ø', 'o'), 'æ', 'ae'), 'đ', 'd'),
        '[^a-z0-9]', '', 'g'
    )
{%- endmacro %}

{#- The longest edit distance at which a label is still near: one slip in a short word, three in a long phrase. -#}
{% macro near_distance(folded_label) -%}
    case when length({{ folded_label }}) < 4 then 0 when length({{ folded_label }}) < 10 then 1 when length({{ folded_label }}) < 20 then 2 else 3 end
{%- endmacro %}
