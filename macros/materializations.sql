{#- The adapter builds a table beside the old one and then renames both, in statements of their own; in DuckDB one
    transaction with `create or replace` does the same. With tables of a few thousand rows, the number of statements is
    what a build costs. -#}
{% materialization table, adapter='duckdb', supported_languages=['sql', 'python'] %}
    {{ make_way_for_table() }}
    {%- if model.language == 'python' -%}
        {% call statement('main', language='python') -%}
            {{ write_rows_python(this, compiled_code, none) }}
        {%- endcall %}
    {%- else -%}
        {% call statement('main', auto_begin=False) -%}
            begin transaction;
            {{ write_rows_sql(this, compiled_code, none) }}
            commit;
        {%- endcall %}
    {%- endif -%}
    {{ return(finished_table()) }}
{% endmaterialization %}

{#- A table whose rows are of one report, or one month, each: only the rows of those in scope are replaced. The column
    that tells them apart is the `unique_key`. Where there is no table yet, all reports are in scope. -#}
{% materialization incremental, adapter='duckdb', supported_languages=['sql', 'python'] %}
    {{ make_way_for_table() }}
    {%- set kept_key = config.require('unique_key') if load_cached_relation(this) is not none -%}
    {%- if model.language == 'python' -%}
        {% call statement('main', language='python') -%}
            {{ write_rows_python(this, compiled_code, kept_key) }}
        {%- endcall %}
    {%- else -%}
        {% call statement('main', auto_begin=False) -%}
            begin transaction;
            {{ write_rows_sql(this, compiled_code, kept_key) }}
            commit;
        {%- endcall %}
    {%- endif -%}
    {{ return(finished_table()) }}
{% endmaterialization %}

{#- A view that bore the name before is dropped. -#}
{% macro make_way_for_table() -%}
    {{ run_hooks(pre_hooks, inside_transaction=True) }}
    {%- set existing_relation = load_cached_relation(this) -%}
    {%- if existing_relation is not none and not existing_relation.is_table -%}
        {% do adapter.drop_relation(existing_relation) %}
    {%- endif -%}
{%- endmacro %}

{% macro finished_table() -%}
    {%- if model.language == 'python' -%}
        {% call statement('comments', auto_begin=False) -%}
            {{ comments_sql(this, model) }}
        {%- endcall %}
    {%- endif -%}
    {{ run_hooks(post_hooks, inside_transaction=True) }}
    {{ return({'relations': [this.incorporate(type='table')]}) }}
{%- endmacro %}

{#- The adapter runs the model and calls `materialize` with the relation that it returns. The database's name, quoted in
    the statements, may hold anything that the loader lets pass, so that they stand in the program as a list of texts. -#}
{% macro write_rows_python(relation, compiled_code, kept_key) -%}
    {%- if kept_key -%}
        {%- set statements = [
            'delete from ' ~ relation ~ ' where ' ~ is_in_scope(kept_key),
            'insert into ' ~ relation ~ ' by name from rows_of_model where ' ~ is_in_scope(kept_key)
        ] -%}
    {%- else -%}
        {%- set statements = ['create or replace table ' ~ relation ~ ' as from rows_of_model'] -%}
    {%- endif -%}
    {{ return(compiled_code ~ "

def materialize(rows, connection):
    connection.register('rows_of_model', rows)
    connection.execute('; '.join(" ~ tojson(['begin transaction'] + statements + ['commit']) ~ "))
    connection.unregister('rows_of_model')
") }}
{%- endmacro %}

{#- The rows in scope of a table that keeps the others by their key, or the whole table. A model may give rows of other
    reports or months too, where it restricts no import to those in scope: they are there already. -#}
{% macro write_rows_sql(relation, select_sql, kept_key) -%}
    {%- if kept_key -%}
        delete from {{ relation }} where {{ is_in_scope(kept_key) }};
        insert into {{ relation }} by name
        from ({{ select_sql }}) as rows_of_model where {{ is_in_scope(kept_key) }};
    {%- else -%}
        {{ replace_table_sql(relation, select_sql) }}
        {{ comments_sql(relation, model) }}
    {%- endif -%}
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

{#- The descriptions go into the database itself, where a BI tool shows them. -#}
{% macro comments_sql(relation, model) -%}
    comment on table {{ relation }} is '{{ model.description | trim | replace("'", "''") }}';
    {%- for column in model.columns.values() %}
    comment on column {{ relation }}.{{ column.name }} is '{{ column.description | trim | replace("'", "''") }}';
    {%- endfor %}
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

{#- A test that keeps its failing rows is dbt's own; any other is one question, and needs no transaction around it. -#}
{% materialization test, adapter='duckdb' %}
    {%- if should_store_failures() -%}
        {{ return(dbt.materialization_test_default()) }}
    {%- endif -%}
    {%- set failing_rows = get_limit_subquery_sql(sql, config.get('limit')) -%}
    {%- set verdict = (config.get('fail_calc'), config.get('warn_if'), config.get('error_if')) -%}
    {% call statement('main', fetch_result=True, auto_begin=False) -%}
        {{ get_test_sql(failing_rows, *verdict, limit=none) }}
    {%- endcall %}
    {{ return({'relations': []}) }}
{% endmaterialization %}

{#- A code list as DuckDB itself reads it from the CSV, with the declared types; dbt's own reader guesses first. Nothing
    is detected, so that an error names the line of a slip; line ends may be mixed, as editors leave them. -#}
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
