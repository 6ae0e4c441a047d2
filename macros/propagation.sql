{#- The least and the greatest that a term adds to its rule's sum, from the bounds of its cell. -#}
{% macro least_term(coefficient, lower, upper) -%}
    if({{ coefficient }} > 0, {{ coefficient }} * {{ lower }}, {{ coefficient }} * {{ upper }})
{%- endmacro %}

{% macro greatest_term(coefficient, lower, upper) -%}
    if({{ coefficient }} > 0, {{ coefficient }} * {{ upper }}, {{ coefficient }} * {{ lower }})
{%- endmacro %}

{#- The whole numbers x with `least <= coefficient * x <= greatest`. -#}
{% macro smallest_multiple(coefficient, least, greatest) -%}
    ceil(if({{ coefficient }} > 0, {{ least }}, {{ greatest }}) / {{ coefficient }})::bigint
{%- endmacro %}

{% macro largest_multiple(coefficient, least, greatest) -%}
    floor(if({{ coefficient }} > 0, {{ greatest }}, {{ least }}) / {{ coefficient }})::bigint
{%- endmacro %}

{#- One round of bounds propagation: what each rule leaves for each of its cells when its other cells keep their
    bounds; and of naming what hangs together: each cell takes the smallest name among those it shares a rule with.
    `terms` has scenario_key, rule_key, cell_key, coefficient, rest_lower, rest_upper; `bounds` has scenario_key,
    round_number, cell_key, component_key, lower_bound, upper_bound. A cell whose bounds have crossed is a
    contradiction: it stays as it is, or bounds would run away for ever. A scenario in which nothing moves any more is
    left out. -#}
{% macro propagate_once(terms, bounds) -%}
    with

    priced as (

        select
            terms.*,
            bounds.round_number,
            bounds.component_key,
            bounds.lower_bound,
            bounds.upper_bound,
            {{ least_term('terms.coefficient', 'bounds.lower_bound', 'bounds.upper_bound') }} as least_value,
            {{ greatest_term('terms.coefficient', 'bounds.lower_bound', 'bounds.upper_bound') }} as greatest_value
        from {{ terms }} as terms
        inner join {{ bounds }} as bounds
            on terms.scenario_key = bounds.scenario_key and terms.cell_key = bounds.cell_key

    ),

    rule_sums as (

        select
            scenario_key,
            rule_key,
            min(component_key) as component_key,
            sum(least_value)::bigint as least_sum,
            sum(greatest_value)::bigint as greatest_sum
        from priced
        group by scenario_key, rule_key

    ),

    implied as (

        select
            priced.scenario_key,
            priced.round_number,
            priced.cell_key,
            any_value(priced.component_key) as component_key,
            any_value(priced.lower_bound) as lower_bound,
            any_value(priced.upper_bound) as upper_bound,
            min(rule_sums.component_key) as implied_component_key,
            max({{ smallest_multiple(
                'priced.coefficient',
                'priced.rest_lower - (rule_sums.greatest_sum - priced.greatest_value)',
                'priced.rest_upper - (rule_sums.least_sum - priced.least_value)'
            ) }}) as implied_lower,
            min({{ largest_multiple(
                'priced.coefficient',
                'priced.rest_lower - (rule_sums.greatest_sum - priced.greatest_value)',
                'priced.rest_upper - (rule_sums.least_sum - priced.least_value)'
            ) }}) as implied_upper
        from priced
        inner join rule_sums on priced.scenario_key = rule_sums.scenario_key and priced.rule_key = rule_sums.rule_key
        group by priced.scenario_key, priced.round_number, priced.cell_key

    ),

    moving as (

        select scenario_key from implied
        where
            implied_component_key < component_key
            or (lower_bound <= upper_bound and (implied_lower > lower_bound or implied_upper < upper_bound))

    )

    select
        scenario_key,
        round_number + 1 as round_number,
        cell_key,
        implied_component_key as component_key,
        if(lower_bound <= upper_bound, greatest(lower_bound, implied_lower), lower_bound) as lower_bound,
        if(lower_bound <= upper_bound, least(upper_bound, implied_upper), upper_bound) as upper_bound
    from implied
    where scenario_key in (select moving.scenario_key from moving)
{%- endmacro %}

{#- An open figure can be anything up to this, far above any number of people in a measure. -#}
{% macro open_upper() -%} 10000000 {%- endmacro %}
