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

{#- A text as a field of a CSV row. -#}
{% macro csv_field(text) -%}
    if(contains({{ text }}, ',') or contains({{ text }}, '"'), '"' || replace({{ text }}, '"', '""') || '"', {{ text }})
{%- endmacro %}

{#- What to do with a label that is new, by the kind of label that stands in its place. -#}
{% macro file_of_new_label(kind, label, family_code) -%}
    case
        when {{ kind }} in ('measure', 'total')
            then
                'if it is a new measure, add to seeds/measures.csv the row `CODE,'
                || {{ csv_field("regexp_replace(" ~ label ~ ", '^I alt ', '')") }} || ',ENGLISH NAME,'
                || {{ family_code }} || ',,,,,ORDER,false`'
        when {{ kind }} = 'county'
            then
                'if it is a new county or area, add to seeds/counties.csv the row `'
                || coalesce(nullif(regexp_extract({{ label }}, '^[0-9]{2}'), ''), 'CODE') || ','
                || {{ csv_field("regexp_replace(" ~ label ~ ", '^[0-9]{2} ', '')") }} || ',ENGLISH NAME,…`'
        when {{ kind }} is null then 'if it is new, see docs/how-to/add-a-family.md'
        else
            'if it is a new category, add to seeds/categories.csv the row `' || {{ kind }} || ',CODE,'
            || {{ csv_field(label) }} || ',ENGLISH NAME,ORDER,,,,`'
    end
{%- endmacro %}
