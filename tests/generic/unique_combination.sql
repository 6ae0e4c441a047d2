{% test unique_combination(model, columns) %}

select
    {{ columns | join(', ') }},
    count(*) as row_count,
    'printed ' || count(*) || ' times: ' || concat_ws(', ', {{ columns | join(', ') }}) as explanation
from {{ model }}
group by {{ columns | join(', ') }}
having count(*) > 1

{% endtest %}
