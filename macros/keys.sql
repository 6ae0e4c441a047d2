{#- A report, a printed row and a printed cell as one whole number each: DuckDB joins, groups and writes numbers several
    times as fast as the id of a report and a line. -#}
{% macro report_key(reports) -%} hash({{ reports }}.report_id) {%- endmacro %}

{% macro row_key(cells) -%} hash({{ cells }}.report_id, {{ cells }}.line_number) {%- endmacro %}

{% macro cell_key(row_key, column_number) -%} hash({{ row_key }}, {{ column_number }}) {%- endmacro %}

{#- A series of figures within a report, from rows that name it. -#}
{% macro series_key(rows) -%}
    hash(
        {{ rows }}.report_id,
        {{ rows }}.participant_group_code,
        {{ rows }}.measure_code,
        {{ rows }}.breakdown,
        {{ rows }}.category_code
    )
{%- endmacro %}

{#- What a rule is about within a report, from rows that name it. -#}
{% macro subject_key(rows) -%}
    hash(
        {{ rows }}.report_id,
        {{ rows }}.rule_code,
        {{ rows }}.participant_group_code,
        {{ rows }}.measure_code,
        {{ rows }}.breakdown
    )
{%- endmacro %}

{#- An instance of a rule: what it is about, in one month; of a copy of a total, also which copy. The average of a row
    goes by the key of the row. -#}
{% macro rule_key(subject_key, month) -%} hash({{ subject_key }}, {{ month }}) {%- endmacro %}

{% macro copy_key(subject_key, row_key) -%} hash({{ subject_key }}, {{ row_key }}) {%- endmacro %}
