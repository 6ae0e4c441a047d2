{#- The relations across which figures may be joined, parts of a merger added up. -#}
{% macro is_exact_relation(relation) -%}
    ({{ relation }} in ('same', 'renamed', 'merged'))
{%- endmacro %}

{#- The county that a moved municipality is in on a day on or after the move. Counties of before 2024 were split then,
    and only the list of moves says in which part it ended. -#}
{% macro county_of_moved_municipality(moves, day) -%}
    if(
        {{ day }} >= date '2024-01-01' and {{ moves }}.valid_date < date '2024-01-01',
        {{ moves }}.county_code_2024,
        {{ moves }}.to_county_code
    )
{%- endmacro %}
