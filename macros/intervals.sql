{#- The loader lands nothing but numbers and the signs that the seed `symbols` gives for suppressed figures, with
    whatever spaces stand around them and perhaps the mark of a footnote behind. A suppressed cell is the interval
    0 … threshold − 1, zero included (Statistics Act, as the report states it). -#}
{% macro is_suppressed(value_text) -%}
    (
        contains({{ value_text }}, '*')
        or contains({{ value_text }}, '∗')
        or contains({{ value_text }}, '<')
    )
{%- endmacro %}

{#- How the loader lands a figure of a scan on which no two readings agree: nothing is known of it. -#}
{% macro is_illegible(value_text) -%} ({{ value_text }} = '?') {%- endmacro %}

{#- The printed number without its thousands separators and the mark of a footnote; null for a star. Most numbers have
    neither, and casting them as they stand takes a fraction of the time. -#}
{% macro printed_number(value_text) -%}
    coalesce(
        try_cast({{ value_text }} as integer),
        if(
            {{ is_suppressed(value_text) }},
            null,
            try_cast(
                regexp_replace(regexp_replace({{ value_text }}, '\s[0-9a-z]\)\s*$', ''), '[^0-9]', '', 'g')
                as integer
            )
        )
    )
{%- endmacro %}

{#- A zero in front of other digits is a slip: no figure is printed like that. -#}
{% macro has_leading_zero(value_text) -%}
    (ltrim({{ value_text }}, e' \t\r\n\f') like '0_%')
{%- endmacro %}

{% macro suppressed_lower() -%} 0 {%- endmacro %}

{% macro suppressed_upper(suppression_threshold) -%} ({{ suppression_threshold }} - 1) {%- endmacro %}

{% macro intervals_meet(one_lower, one_upper, other_lower, other_upper) -%}
    ({{ one_lower }} <= {{ other_upper }} and {{ one_upper }} >= {{ other_lower }})
{%- endmacro %}

{#- What an arithmetic rule says: `missing` where there is nothing to compare, `violated` where no values of the
    stars fulfil it, `proven` where it holds without any star, else `possible`. -#}
{% macro interval_verdict(total_lower, total_upper, parts_lower, parts_upper, is_missing, has_suppressed) -%}
    case
        when {{ is_missing }} or {{ total_lower }} is null or {{ parts_lower }} is null then 'missing'
        when not {{ intervals_meet(total_lower, total_upper, parts_lower, parts_upper) }} then 'violated'
        when {{ has_suppressed }} then 'possible'
        else 'proven'
    end
{%- endmacro %}

{#- What each reader of a scan read: read as 523 and 528. -#}
{% macro readings_text(readings) -%}
    coalesce(
        'read as ' || nullif(array_to_string(
            list_sort(list_distinct(list_filter({{ readings }}, lambda text: text <> ''))), ' or '
        ), ''),
        'nothing was read there'
    )
{%- endmacro %}

{#- The figures that may be printed for numbers of an interval: below the threshold a star, whatever it stands for. -#}
{% macro figures_text(lower, upper, threshold) -%}
    case
        when {{ upper }} >= {{ open_upper() }} and {{ lower }} < {{ threshold }} then 'any figure'
        when {{ upper }} >= {{ open_upper() }} then {{ lower }} || ' or more'
        when {{ upper }} < {{ threshold }} then 'a star'
        when {{ lower }} < {{ threshold }}
            then 'a star or ' || {{ interval_text(threshold, upper) }}
        else {{ interval_text(lower, upper) }}
    end
{%- endmacro %}

{#- An interval as a person reads it: 12, or 0–3. -#}
{% macro interval_text(lower, upper) -%}
    case when {{ lower }} = {{ upper }} then {{ lower }}::varchar else {{ lower }} || '–' || {{ upper }} end
{%- endmacro %}
