{#- The adapter builds a table beside the old one and then renames both, in statements of their own; in DuckDB one
    transaction with `create or replace` does the same. With tables of a few thousand rows, the number of statements is
    what a build costs. -#}
{% materialization table, adapter='duckdb', supported_languages=['sql', 'python'] %}
    {%- set existing_relation = load_cached_relation(this) -%}
    {%- set target_relation = this.incorporate(type='table') -%}
    {{ run_hooks(pre_hooks, inside_transaction=True) }}
    {%- if existing_relation is not none and not existing_relation.is_table -%}
        {% do adapter.drop_relation(existing_relation) %}
    {%- endif -%}
    {%- if model.language == 'python' -%}
        {% call statement('main', language='python') -%}
            {{ replace_table_python(target_relation, compiled_code) }}
        {%- endcall %}
        {% call statement('comments', auto_begin=False) -%}
            {{ comments_sql(target_relation, model) }}
        {%- endcall %}
    {%- else -%}
        {% call statement('main', auto_begin=False) -%}
            begin transaction;
            {{ replace_table_sql(target_relation, compiled_code) }}
            {{ comments_sql(target_relation, model) }}
            commit;
        {%- endcall %}
    {%- endif -%}
    {{ run_hooks(post_hooks, inside_transaction=True) }}
    {{ return({'relations': [target_relation]}) }}
{% endmaterialization %}

{#- A table whose rows are of one report, or one month, each: only the rows of those in work are replaced. The column
    that tells them apart is the `unique_key`. Where there is no table yet, all reports are in work. -#}
{% materialization incremental, adapter='duckdb', supported_languages=['sql', 'python'] %}
    {%- set existing_relation = load_cached_relation(this) -%}
    {%- set target_relation = this.incorporate(type='table') -%}
    {%- set key = config.require('unique_key') -%}
    {{ run_hooks(pre_hooks, inside_transaction=True) }}
    {%- if model.language == 'python' -%}
        {% call statement('main', language='python') -%}
            {{ replace_rows_python(target_relation, compiled_code, key) }}
        {%- endcall %}
        {% call statement('comments', auto_begin=False) -%}
            {{ comments_sql(target_relation, model) }}
        {%- endcall %}
    {%- else -%}
        {% call statement('main', auto_begin=False) -%}
            begin transaction;
            {{ replace_rows_sql(target_relation, compiled_code, key, existing_relation is not none) }}
            commit;
        {%- endcall %}
    {%- endif -%}
    {{ run_hooks(post_hooks, inside_transaction=True) }}
    {{ return({'relations': [target_relation]}) }}
{% endmaterialization %}

{#- The adapter runs the model and calls `materialize` with the relation that it returns. -#}
{% macro replace_table_python(relation, compiled_code) -%}
    {{ return(compiled_code ~ "

def materialize(rows, connection):
    connection.register('rows_of_model', rows)
    connection.execute('create or replace table " ~ relation.render() | replace('"', '') ~ " as from rows_of_model')
    connection.unregister('rows_of_model')
") }}
{%- endmacro %}

{% macro replace_rows_python(relation, compiled_code, key) -%}
    {%- set name = relation.render() | replace('"', '') -%}
    {{ return(compiled_code ~ "

def materialize(rows, connection):
    connection.register('rows_of_model', rows)
    connection.execute('begin transaction')
    connection.execute('create table if not exists " ~ name ~ " as from rows_of_model limit 0')
    connection.execute('delete from " ~ name ~ " where " ~ is_in_work(key) ~ "')
    connection.execute('insert into " ~ name ~ " by name from rows_of_model')
    connection.execute('commit')
    connection.unregister('rows_of_model')
") }}
{%- endmacro %}

{% macro replace_table_sql(relation, select_sql) -%}
    {%- if config.get('contract').enforced -%}
        {{- get_assert_columns_equivalent(select_sql) if var('compare_contracts') -}}
        create or replace table {{ relation }} {{ get_table_columns_and_constraints() }};
        insert into {{ relation }} {{ get_column_names() }} ({{ get_select_subquery(select_sql) }});
    {%- else -%}
        create or replace table {{ relation }} as ({{ select_sql }});
    {%- endif -%}
{%- endmacro %}

{% macro replace_rows_sql(relation, select_sql, key, is_there) -%}
    {%- if is_there -%}
        delete from {{ relation }} where {{ is_in_work(key) }};
        insert into {{ relation }} by name ({{ select_sql }});
    {%- else -%}
        {{ replace_table_sql(relation, select_sql) }}
        {{ comments_sql(relation, model) }}
    {%- endif -%}
{%- endmacro %}

{#- The descriptions go into the database itself, where a BI tool shows them. -#}
{% macro comments_sql(relation, model) -%}
    comment on table {{ relation }} is '{{ model.description | trim | replace("'", "''") }}';
    {%- for column in model.columns.values() %}
    comment on column {{ relation }}.{{ column.name }} is '{{ column.description | trim | replace("'", "''") }}';
    {%- endfor %}
{%- endmacro %}

{#- A code list as DuckDB itself reads it from the CSV, with the declared types; dbt's own reader guesses first. Nothing
    is detected, so that a slip of a hand is told with its line; line ends may be mixed, as editors leave them. -#}
{% materialization seed, adapter='duckdb' %}
    {%- set target_relation = this.incorporate(type='table') -%}
    {{ run_hooks(pre_hooks, inside_transaction=True) }}
    {% call statement('main', auto_begin=False) -%}
        begin transaction;
        {{ replace_seed_sql(model) }};
        {{ comments_sql(target_relation, model) }}
        commit;
    {%- endcall %}
    {%- do store_result('agate_table', response='OK', agate_table=load_result('main').table) -%}
    {{ run_hooks(post_hooks, inside_transaction=True) }}
    {{ return({'relations': [target_relation]}) }}
{% endmaterialization %}

{% macro replace_seed_sql(seed) -%}
    create or replace table {{ seed.schema }}.{{ seed.alias }} as
    select * from read_csv(
        '{{ (seed.root_path ~ "/" ~ seed.original_file_path) | replace("'", "''") }}',
        header = true,
        auto_detect = false,
        strict_mode = false,
        delim = ',',
        quote = '"',
        escape = '"',
        columns = {{ tojson(seed.config.column_types) }}
    )
{%- endmacro %}

{% materialization view, adapter='duckdb' %}
    {%- set existing_relation = load_cached_relation(this) -%}
    {%- set target_relation = this.incorporate(type='view') -%}
    {{ run_hooks(pre_hooks, inside_transaction=True) }}
    {%- if existing_relation is not none and not existing_relation.is_view -%}
        {% do adapter.drop_relation(existing_relation) %}
    {%- endif -%}
    {% call statement('main', auto_begin=False) -%}
        create or replace view {{ target_relation }} as ({{ compiled_code }});
    {%- endcall %}
    {{ run_hooks(post_hooks, inside_transaction=True) }}
    {{ return({'relations': [target_relation]}) }}
{% endmaterialization %}
