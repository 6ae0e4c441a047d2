{#- numerator / denominator rounded half up, in whole numbers: NAV prints the mean of 5, 3, 3, 3 (3.5) as 4.
    Half to even, as Python's round does, gives other figures. Both arguments are whole numbers >= 0. -#}
{% macro round_half_up(numerator, denominator) -%}
    ((2 * ({{ numerator }}) + ({{ denominator }})) // (2 * ({{ denominator }})))
{%- endmacro %}

{#- The same as a rule on whole numbers: n times the rounded mean of n numbers lies this near to their sum,
    `lower <= sum - n * mean <= upper`. -#}
{% macro rounding_slack_lower(term_count) -%} (-({{ term_count }} // 2)) {%- endmacro %}

{% macro rounding_slack_upper(term_count) -%} (({{ term_count }} - 1) // 2) {%- endmacro %}
