{#- Ids of all nodes of this project that read a loaded report, directly or through other models. -#}
{% macro nodes_reading_reports() %}
    {% set found = [] %}
    {% set state = namespace(grew=true) %}
    {% for _ in range(graph.nodes | length) if state.grew %}
        {% set state.grew = false %}
        {% for node in graph.nodes.values() if node.unique_id not in found %}
            {% for parent in node.depends_on.nodes if parent.startswith('source.') or parent in found %}
                {% if loop.first %}
                    {% do found.append(node.unique_id) %}
                    {% set state.grew = true %}
                {% endif %}
            {% endfor %}
        {% endfor %}
    {% endfor %}
    {{ return(found) }}
{% endmacro %}

{#- Before any model: says what to do where dbt would stop with a missing table. `dbt run` does not load seeds, so it
    would fail on the first code list of a new database; and without a report there is nothing to read. -#}
{% macro prepare_warehouse() %}
    {% if execute %}
        {% set present = run_query(
            "select schema_name || '.' || table_name from duckdb_tables() where database_name = current_database()"
        ).columns[0].values() %}
        {% if flags.WHICH in ('run', 'test', 'build') %}
            {% do require_loaded_reports('raw.reports' in present) %}
        {% endif %}
        {% for seed in graph.nodes.values() if seed.resource_type == 'seed' %}
            {% if (seed.schema ~ '.' ~ seed.alias) not in present and seed.unique_id not in selected_resources %}
                {% do adapter.create_schema(api.Relation.create(database=seed.database, schema=seed.schema)) %}
                {% do run_query(replace_seed_sql(seed)) %}
            {% endif %}
        {% endfor %}
        {% if flags.WHICH in ('run', 'build', 'seed') %}
            {% do narrow_scope() %}
        {% endif %}
    {% endif %}
{% endmacro %}

{% macro require_loaded_reports(has_raw_tables) %}
    {% set is_loaded = has_raw_tables and run_query('select 1 from raw.reports limit 1').rows | length %}
    {% if not is_loaded and selected_resources | select('in', nodes_reading_reports()) | list %}
        {{ exceptions.raise_compiler_error(
            "No report is loaded in '" ~ target.path ~ "'. Put report files into reports/ and run"
            ~ " `python -m loaders`, then this command again; `make build` does both."
        ) }}
    {% endif %}
{% endmacro %}

{#- Prints what the failing rows of a test say, up to twenty of each, so that the console shows the report's line,
    also where dbt is told to be quiet. The figures that would explain what is violated stand first, then the rules on
    labels, rows and months, as sums that fail beside them follow from them. A test that warns has its newest row first,
    which is what this build may have brought. -#}
{% macro explain_failed_tests(results) %}
    {% if execute %}
        {% for result in results if result.node.resource_type == 'test' and result.status == 'warn' %}
            {% set newest = run_query(result.node.compiled_code ~ ' limit 1').rows[0] %}
            {{ print(result.node.name ~ ' warns of ' ~ result.failures ~ ', the newest: ' ~ newest['explanation']) }}
        {% endfor %}
        {% set failed = results | selectattr('node.resource_type', 'equalto', 'test')
            | selectattr('status', 'equalto', 'fail') | list %}
        {% if failed %}
            {% do name_suspects() %}
        {% endif %}
        {% set causes = ['labels_are_known', 'rows_are_complete', 'months_are_continuous', 'cells_are_accounted_for'] %}
        {% for result in (failed | selectattr('node.name', 'in', causes) | list)
            + (failed | rejectattr('node.name', 'in', causes) | list) %}
            {{ explain_failed_test(result) }}
        {% endfor %}
    {% endif %}
{% endmacro %}

{% macro explain_failed_test(result) %}
    {% set failing_rows = run_query(result.node.compiled_code) %}
    {% if 'explanation' in failing_rows.column_names %}
        {{ print(result.node.name ~ ' does not hold:') }}
        {% for row in failing_rows.rows[:20] %}
            {{ print('  ' ~ row['explanation']) }}
        {% endfor %}
        {% if failing_rows.rows | length > 20 %}
            {{ print('  and ' ~ (failing_rows.rows | length - 20) ~ ' more') }}
        {% endif %}
    {% endif %}
{% endmacro %}

{#- What would explain what is violated, as lines of the report, the surest first: changes of whole rows or tables, then
    single figures. -#}
{% macro name_suspects() %}
    {% do name_suspects_of(
        'suspect_changes', 'Changes that explain everything:', 'candidates, report_id, change_number'
    ) %}
    {% do name_suspects_of(
        'suspect_cells', 'Figures that the rules point at:',
        'cells_in_set, candidates, report_id, is_certain desc, set_number, line_number, column_number'
    ) %}
{% endmacro %}

{% macro name_suspects_of(table, heading, order) %}
    {% if run_query("from duckdb_tables() where schema_name = 'audit' and table_name = '" ~ table ~ "'").rows %}
        {% set explanations = run_query('select explanation from audit.' ~ table ~ ' order by ' ~ order) %}
        {% set suspects = explanations.columns[0].values() %}
        {% if suspects %}
            {{ print(heading) }}
            {% for suspect in suspects[:20] %}
                {{ print('  ' ~ suspect) }}
            {% endfor %}
            {% if suspects | length > 20 %}
                {{ print('  and ' ~ (suspects | length - 20) ~ ' more in audit.' ~ table) }}
            {% endif %}
        {% endif %}
    {% endif %}
{% endmacro %}
