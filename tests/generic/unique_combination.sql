{% test unique_combination(model, columns, key_in_scope=none) %}

select
    {{ columns | join(', ') }},
    count(*) as row_count,
    'printed ' || count(*) || ' times: ' || concat_ws(', ', {{ columns | join(', ') }}) as explanation
from {{ model }}
{%- if key_in_scope %}
{{ where_in_scope(key_in_scope) }}
{%- endif %}
group by {{ columns | join(', ') }}
having count(*) > 1

{% endtest %}
