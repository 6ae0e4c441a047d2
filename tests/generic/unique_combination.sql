{% test unique_combination(model, columns, key_in_work=none) %}

select
    {{ columns | join(', ') }},
    count(*) as row_count,
    'printed ' || count(*) || ' times: ' || concat_ws(', ', {{ columns | join(', ') }}) as explanation
from {{ model }}
{%- if key_in_work %}
{{ where_in_work(key_in_work) }}
{%- endif %}
group by {{ columns | join(', ') }}
having count(*) > 1

{% endtest %}
