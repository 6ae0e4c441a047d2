{% test rule_holds(model, rule_code) %}

-- depends_on: {{ ref('suspect_cells') }}
-- depends_on: {{ ref('suspect_changes') }}

select *
from {{ model }}
where rule_code = '{{ rule_code }}' and verdict not in ('proven', 'possible')

{% endtest %}
