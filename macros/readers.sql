{#- What the publisher may take: tables that the project builds today and marks `readers: true`, so that neither a new
    table nor one that a renamed model left behind reaches readers unasked. -#}
{% macro readers_tables_sql() -%}
    create or replace table build.readers_tables (schema_name varchar, table_name varchar, unique_key varchar);
    comment on table build.readers_tables is 'One row per table that readers find.';
    comment on column build.readers_tables.schema_name is 'Schema of the table.';
    comment on column build.readers_tables.table_name is 'Name of the table.';
    comment on column build.readers_tables.unique_key is
        'report_id or month where each row is of one report or month, else null.';
    insert into build.readers_tables values
    {{ readers_tables_rows() | join(', ') }}
{%- endmacro %}

{% macro readers_tables_rows() -%}
    {%- set rows = ["('build', 'built_reports', null)", "('build', 'readers_tables', null)"] -%}
    {%- for node in graph.sources.values() | list + graph.nodes.values() | list if node.config.meta.get('readers') -%}
        {%- set own_key = node.config.get('unique_key') if node.config.get('materialized') == 'incremental' -%}
        {%- set key = own_key or node.config.meta.get('unique_key') -%}
        {%- do rows.append(
            "('" ~ node.schema ~ "', '" ~ (node.alias or node.name) ~ "', " ~ ("'" ~ key ~ "'" if key else 'null') ~ ")"
        ) -%}
    {%- endfor -%}
    {{ return(rows) }}
{%- endmacro %}
