{#- Which reports a run works on: those that came, changed or went since they were last built. Each model that is keyed
    by report or by month replaces the rows of these alone, so that one more edition costs the same however many there
    are. `build.built_reports` says by which state of the project each report was built; null stands for a build that
    was begun and not finished, so that a run that was killed is done again. -#}
{% macro narrow_scope() %}
    {% do run_query(mark_tables_as_unbuilt_sql()) %}
    {% set keyed_models = models_built_by_report_or_month() %}
    {% if keyed_models | selectattr('unique_id', 'in', selected_resources) | list %}
        {% set knows_families = run_query(
            "from duckdb_columns() where (schema_name, table_name, column_name) in"
            ~ " (('intermediate', 'int_reports', 'holds_main_groups'), ('intermediate', 'int_printed_months', 'family_code'))"
        ).rows | length == 2 %}
        {% set starts_anew = limits_of_rows() != '' or not all_are_built(keyed_models) %}
        {% set at_rest = run_query(
            reports_in_scope_sql(starts_anew, knows_families) ~ '; ' ~ readers_tables_sql()
            ~ '; from raw.reports anti join build.reports_in_scope using (report_id) limit 1'
        ) %}
        {% if not at_rest.rows | length %}
            {% for node in keyed_models if node.unique_id in selected_resources %}
                {% set relation = load_cached_relation(relation_of(node)) %}
                {% if relation %}
                    {% do adapter.drop_relation(relation) %}
                {% endif %}
            {% endfor %}
        {% endif %}
    {% endif %}
{% endmacro %}

{% macro models_built_by_report_or_month() %}
    {{ return(graph.nodes.values() | selectattr('config.materialized', 'equalto', 'incremental') | list) }}
{% endmacro %}

{#- A table that somebody dropped, or that a killed first build never reached, must be built of all reports. -#}
{% macro all_are_built(keyed_models) %}
    {% set missing = [] %}
    {% for node in keyed_models if not load_cached_relation(relation_of(node)) %}
        {% do missing.append(node.name) %}
    {% endfor %}
    {{ return(not missing) }}
{% endmacro %}

{% macro relation_of(node) %}
    {{ return(api.Relation.create(database=node.database, schema=node.schema, identifier=node.alias)) }}
{% endmacro %}

{% macro reports_in_scope_sql(starts_anew, knows_families) %}
    begin transaction;
    create schema if not exists build;
    create table if not exists build.built_reports (
        report_id varchar primary key,
        period_start date not null,
        loaded_at timestamp not null,
        project_fingerprint varchar
    );
    comment on table build.built_reports is 'One row per report that a build took up: by what its figures were made.';
    comment on column build.built_reports.report_id is 'The report.';
    comment on column build.built_reports.period_start is 'First month of its period, first day.';
    comment on column build.built_reports.loaded_at is 'When it was loaded, in UTC; a report may be removed and come again.';
    comment on column build.built_reports.project_fingerprint is
        'SHA-256 of models, macros, seeds and settings that it was built by; null where a build was not finished.';
    create or replace table build.reports_in_scope as
    select
        changed.report_id,
        {{ report_key('changed') }} as report_key,
        changed.period_start,
        changed.loaded_at
    from (
        select
            report_id,
            coalesce(loaded.period_start, built.period_start) as period_start,
            coalesce(loaded.loaded_at, built.loaded_at) as loaded_at
        from raw.reports as loaded
        full join build.built_reports as built using (report_id)
        where
            {{ flags.FULL_REFRESH or starts_anew }}
            or loaded.loaded_at is distinct from built.loaded_at
            or built.project_fingerprint is distinct from getvariable('project_fingerprint')
    ) as changed;
    {{ months_in_scope_sql() }};
    {{ widening_statements(knows_families) | join('; ') }};
    insert or replace into build.built_reports
    select
        report_id,
        period_start,
        loaded_at,
        null
    from build.reports_in_scope;
    commit
{% endmacro %}

{#- What a report of main groups is compared with are reports of other families: when one of these comes, changes or
    goes, it is checked again. It prints months of the same year, so that no further month comes into scope by it. -#}
{% macro main_groups_in_scope_sql() -%}
    insert into build.reports_in_scope
    select
        loaded.report_id,
        {{ report_key('loaded') }} as report_key,
        loaded.period_start,
        loaded.loaded_at
    from raw.reports as loaded
    inner join intermediate.int_reports as known on loaded.report_id = known.report_id
    where
        known.holds_main_groups
        and loaded.report_id not in (select report_id from build.reports_in_scope)
        and exists (
            select 1 from build.months_in_scope as months
            where months.month between loaded.period_start and loaded.period_end
        )
{%- endmacro %}

{#- What else is taken up, because of the reports that came, changed or went; the first build knows no families yet. -#}
{% macro widening_statements(knows_families) -%}
    {%- set statements = [pending_months_in_scope_sql()] -%}
    {%- if knows_families -%}
        {%- set statements = [latest_months_in_scope_sql()] + statements + [main_groups_in_scope_sql()] -%}
    {%- endif -%}
    {{ return(statements) }}
{%- endmacro %}

{#- The month that was a family's newest may no longer be, and one that was not may be when an edition is removed: the
    readers' tables say of each month whether it is the newest. -#}
{% macro latest_months_in_scope_sql() -%}
    insert into build.months_in_scope
    select distinct unnest(generate_series(
        date_trunc('year', latest_month), date_trunc('year', latest_month) + interval 11 months, interval 1 month
    ))::date
    from (
        select max(month) as latest_month from intermediate.int_printed_months
        group by family_code
        union all
        select max(month) from intermediate.int_printed_months
        where report_id in (select report_id from raw.reports)
        group by family_code
    ) as families
    where exists (select 1 from build.reports_in_scope)
    except
    from build.months_in_scope
{%- endmacro %}

{#- The months of builds that did not come to their end: a table may have been made before it and another one not, so
    that which month was the newest is no longer known. -#}
{% macro pending_months_in_scope_sql() -%}
    create table if not exists build.pending_months (month date);
    insert into build.months_in_scope from build.pending_months except from build.months_in_scope;
    create or replace table build.pending_months as from build.months_in_scope;
    comment on table build.pending_months is 'One row per month that a build took up and did not finish.';
    comment on column build.pending_months.month is 'The month, first day.'
{%- endmacro %}

{#- Editions of one year print the same months, so that a year is the least that months can be compared in. -#}
{% macro months_in_scope_sql() -%}
    create or replace table build.months_in_scope as
    select distinct unnest(generate_series(
        date_trunc('year', period_start), date_trunc('year', period_start + interval 11 months) + interval 11 months,
        interval 1 month
    ))::date as month
    from build.reports_in_scope
{%- endmacro %}

{#- The options of this command that leave rows out of the tables it makes, such as --empty, as a text; empty for none.
    The tables are made as asked, but they are no build: no report counts as built by it, and nothing of it is published
    until a whole build has made them anew. -#}
{% macro limits_of_rows() -%}
    {%- set given = [] -%}
    {%- for option in ['empty', 'sample', 'event_time_start', 'event_time_end'] if invocation_args_dict.get(option) -%}
        {%- do given.append('--' ~ option | replace('_', '-')) -%}
    {%- endfor -%}
    {{ return(given | join(', ')) }}
{%- endmacro %}

{#- Which state of the project each table comes from: none while it is being made, and none after a run that was killed,
    failed or left rows out. -#}
{% macro mark_tables_as_unbuilt_sql() %}
    create schema if not exists build;
    create table if not exists build.built_tables (
        schema_name varchar,
        table_name varchar,
        project_fingerprint varchar,
        primary key (schema_name, table_name)
    );
    comment on table build.built_tables is 'One row per table that dbt made: by which state of the project.';
    comment on column build.built_tables.schema_name is 'Schema of the table.';
    comment on column build.built_tables.table_name is 'Name of the table.';
    comment on column build.built_tables.project_fingerprint is
        'SHA-256 of models, macros, seeds and settings that it was made by; null where it was not made to the end.';
    insert or replace into build.built_tables values {{ selected_tables() | join(', ') }}
{% endmacro %}

{% macro selected_tables() %}
    {% set rows = ["('build', 'built_tables', getvariable('project_fingerprint'))"] %}
    {% for node in graph.nodes.values() if node.unique_id in selected_resources and is_stored(node) %}
        {% do rows.append("('" ~ node.schema ~ "', '" ~ node.alias ~ "', null)") %}
    {% endfor %}
    {{ return(rows) }}
{% endmacro %}

{% macro mark_tables_as_built_sql(done) %}
    update build.built_tables set project_fingerprint = getvariable('project_fingerprint')
    where schema_name || '.' || table_name in ('{{ done | join("', '") }}')
{% endmacro %}

{% macro is_stored(node) %}
    {{ return(node.resource_type == 'seed' or node.config.materialized in ('table', 'incremental')) }}
{% endmacro %}

{#- What was in scope is done once a run has loaded every code list and built every model that depends on reports. Then,
    or where only a part was asked for, the views show all reports again. -#}
{% macro widen_scope(results) %}
    {% if execute and flags.WHICH in ('run', 'build', 'seed') and limits_of_rows() %}
        {{ print(
            'This run left rows out (' ~ limits_of_rows() ~ '), so that it is no build and cannot be published: run'
            ~ ' `dbt build` to fill the tables again.'
        ) }}
    {% elif execute and flags.WHICH in ('run', 'build', 'seed') %}
        {% set succeeded = results | selectattr('status', 'equalto', 'success') | map(attribute='node') | list %}
        {% set stored = [] %}
        {% for node in succeeded if is_stored(node) %}
            {% do stored.append(node.schema ~ '.' ~ node.alias) %}
        {% endfor %}
        {% if stored %}
            {% do run_query(mark_tables_as_built_sql(stored)) %}
        {% endif %}
        {% set done = succeeded | map(attribute='unique_id') | list %}
        {% set keyed_models = models_built_by_report_or_month() %}
        {% set seeds = graph.nodes.values() | selectattr('resource_type', 'equalto', 'seed') | list %}
        {% if keyed_models | selectattr('unique_id', 'in', selected_resources) | list %}
            {% set undone = (keyed_models + seeds) | rejectattr('unique_id', 'in', done) | list %}
            {% do run_query(widen_scope_sql(is_done=not undone)) %}
        {% endif %}
    {% endif %}
{% endmacro %}

{% macro widen_scope_sql(is_done) %}
    begin transaction;
    delete from build.built_reports where {{ is_done }} and report_id not in (select report_id from raw.reports);
    update build.built_reports set project_fingerprint = getvariable('project_fingerprint')
    where {{ is_done }} and report_id in (select report_id from build.reports_in_scope);
    delete from build.pending_months where {{ is_done }};
    delete from build.reports_in_scope;
    insert into build.reports_in_scope
    select
        report_id,
        {{ report_key('reports') }} as report_key,
        period_start,
        loaded_at
    from raw.reports;
    {{ months_in_scope_sql() }};
    commit
{% endmacro %}

{#- Restricts an import to the reports or months in scope; `key` is report_id, report_key or month. Nothing is
    restricted where a model is shown or compiled, or where a unit test gives the rows. -#}
{% macro where_in_scope(key) -%}
    {%- if flags.WHICH in ('run', 'build') and model.resource_type != 'unit_test' -%}
        where {{ is_in_scope(key) }}
    {%- endif -%}
{%- endmacro %}

{% macro is_in_scope(key) -%}
    {%- set work = 'months_in_scope' if key == 'month' else 'reports_in_scope' -%}
    {{ key }} in (select work.{{ key }} from build.{{ work }} as work)
{%- endmacro %}
