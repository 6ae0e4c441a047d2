{% macro generate_schema_name(custom_schema_name, node) -%}
    {#- Readers write `marts.dim_county`: the schema is the layer's name, without the target's prefix. -#}
    {{ custom_schema_name | trim if custom_schema_name else target.schema }}
{%- endmacro %}
