{#- A label may bear the mark of a footnote at its end: one digit or letter and a bracket, after a space. Others, such
    as superscripts, are no letters of a label anyway. -#}
{% macro without_footnote_mark(label) -%}
    if(ends_with({{ label }}, ')'), regexp_replace({{ label }}, '\s[0-9a-z]\)$', ''), {{ label }})
{%- endmacro %}

{#- Scanning noise sits in letters, accents and spaces, never in digits: a label folded to bare letters and
    digits is the same for every way of printing it that differs only in case, accents, spaces or signs. -#}
{% macro fold_label(label) -%}
    regexp_replace(
        replace(replace(replace(strip_accents(lower({{ without_footnote_mark(label) }})), 'ø', 'o'), 'æ', 'ae'), 'đ', 'd'),
        '[^a-z0-9]', '', 'g'
    )
{%- endmacro %}

{#- The longest edit distance at which a label is still near: one slip in a short word, three in a long phrase. -#}
{% macro near_distance(folded_label) -%}
    case when length({{ folded_label }}) < 4 then 0 when length({{ folded_label }}) < 10 then 1 when length({{ folded_label }}) < 20 then 2 else 3 end
{%- endmacro %}
