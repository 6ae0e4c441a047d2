with

int_known_labels as (

    select * from {{ ref('int_known_labels') }}

)

select
    label_kind,
    is_total_row,
    folded_label,
    'the label "' || min(label) || '" names several categories of ' || label_kind || ': '
    || string_agg(distinct category_code, ', ') as explanation
from int_known_labels
group by label_kind, is_total_row, folded_label
having count(distinct category_code) > 1
