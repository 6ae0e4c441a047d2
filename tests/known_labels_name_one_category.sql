with

int_known_labels as (

    select * from {{ ref('int_known_labels') }}

)

select
    dimension,
    is_total_row,
    folded_label,
    'the label "' || min(label) || '" names several categories of ' || dimension || ': '
    || string_agg(distinct category_code, ', ') as explanation
from int_known_labels
group by dimension, is_total_row, folded_label
having count(distinct category_code) > 1
