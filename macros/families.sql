{#- The rule that the parts of a main group sum to it, from rows of `totals` (report_id, main_group_code,
    participant_group_code, breakdown, category_code, month, participants_lower, participants_upper, is_suppressed,
    line_number) and of `parts` (the same, with part_number in place of report_id and place, where the part is printed).
    `parts_of_groups` says how many parts a main group has. A main group is compared only in a breakdown and month that
    each of its parts prints; a category that a part leaves out there is zero. -#}
{% macro families_sum_to_main_groups(totals, parts, parts_of_groups) -%}
with

printed_parts as (

    select
        main_group_code,
        breakdown,
        month,
        count(distinct part_number) as printed_parts
    from {{ parts }}
    group by all

),

sums as (

    select
        main_group_code,
        participant_group_code,
        breakdown,
        category_code,
        month,
        sum(participants_lower) as parts_lower,
        sum(coalesce(participants_upper, {{ open_upper() }})) as parts_upper,
        bool_or(is_suppressed or participants_upper is null) as has_suppressed,
        list(place order by part_number, place) as places
    from {{ parts }}
    group by all

)

select
    totals.report_id,
    totals.main_group_code,
    totals.participant_group_code,
    totals.breakdown,
    totals.category_code,
    totals.month,
    totals.line_number,
    totals.participants_lower as total_lower,
    coalesce(totals.participants_upper, {{ open_upper() }}) as total_upper,
    coalesce(sums.parts_lower, 0) as parts_lower,
    coalesce(sums.parts_upper, 0) as parts_upper,
    {{ interval_verdict(
        'totals.participants_lower', 'coalesce(totals.participants_upper, ' ~ open_upper() ~ ')',
        'coalesce(sums.parts_lower, 0)', 'coalesce(sums.parts_upper, 0)',
        'false', '(totals.is_suppressed or totals.participants_upper is null or coalesce(sums.has_suppressed, false))'
    ) }} as verdict,
    coalesce(
        list_aggregate(sums.places[:4], 'string_agg', ', ')
        || if(len(sums.places) > 4, ' and ' || len(sums.places) - 4 || ' more', ''),
        'no row'
    ) as places
from {{ totals }} as totals
inner join {{ parts_of_groups }} as parts_of_groups on totals.main_group_code = parts_of_groups.main_group_code
inner join printed_parts
    on
    totals.main_group_code = printed_parts.main_group_code
    and totals.breakdown = printed_parts.breakdown
    and totals.month = printed_parts.month
    and parts_of_groups.parts = printed_parts.printed_parts
left join sums
    on
    totals.main_group_code = sums.main_group_code
    and totals.participant_group_code = sums.participant_group_code
    and totals.breakdown = sums.breakdown
    and totals.category_code = sums.category_code
    and totals.month = sums.month
{%- endmacro %}
