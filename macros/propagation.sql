{#- The least and the greatest that a term adds to its rule's sum, from the bounds of its cell. -#}
{% macro term_lower(coefficient, lower, upper) -%}
    if({{ coefficient }} > 0, {{ coefficient }} * {{ lower }}, {{ coefficient }} * {{ upper }})
{%- endmacro %}

{% macro term_upper(coefficient, lower, upper) -%}
    if({{ coefficient }} > 0, {{ coefficient }} * {{ upper }}, {{ coefficient }} * {{ lower }})
{%- endmacro %}

{#- The whole numbers x with `least <= coefficient * x <= greatest`. -#}
{% macro multiple_lower(coefficient, least, greatest) -%}
    ceil(if({{ coefficient }} > 0, {{ least }}, {{ greatest }}) / {{ coefficient }})::bigint
{%- endmacro %}

{% macro multiple_upper(coefficient, least, greatest) -%}
    floor(if({{ coefficient }} > 0, {{ greatest }}, {{ least }}) / {{ coefficient }})::bigint
{%- endmacro %}

{#- One round of bounds propagation: what each rule leaves for each of its cells when its other cells keep their
    bounds; and of naming what hangs together: each cell takes the smallest name among those it shares a rule with.
    `terms` has scenario_key, rule_key, cell_key, coefficient, rest_lower, rest_upper; `bounds` has scenario_key,
    round_number, cell_key, component_key, bound_lower, bound_upper. A cell whose bounds have crossed is a
    contradiction: it stays as it is, or bounds would run away for ever. A scenario in which nothing moves any more is
    left out. -#}
{% macro propagate_once(terms, bounds) -%}
    with

    priced as (

        select
            terms.*,
            bounds.round_number,
            bounds.component_key,
            bounds.bound_lower,
            bounds.bound_upper,
            {{ term_lower('terms.coefficient', 'bounds.bound_lower', 'bounds.bound_upper') }} as term_lower,
            {{ term_upper('terms.coefficient', 'bounds.bound_lower', 'bounds.bound_upper') }} as term_upper
        from {{ terms }} as terms
        inner join {{ bounds }} as bounds
            on terms.scenario_key = bounds.scenario_key and terms.cell_key = bounds.cell_key

    ),

    rule_sums as (

        select
            scenario_key,
            rule_key,
            min(component_key) as component_key,
            sum(term_lower)::bigint as sum_lower,
            sum(term_upper)::bigint as sum_upper
        from priced
        group by scenario_key, rule_key

    ),

    implied as (

        select
            priced.scenario_key,
            priced.round_number,
            priced.cell_key,
            any_value(priced.component_key) as component_key,
            any_value(priced.bound_lower) as bound_lower,
            any_value(priced.bound_upper) as bound_upper,
            min(rule_sums.component_key) as implied_component_key,
            max({{ multiple_lower(
                'priced.coefficient',
                'priced.rest_lower - (rule_sums.sum_upper - priced.term_upper)',
                'priced.rest_upper - (rule_sums.sum_lower - priced.term_lower)'
            ) }}) as implied_lower,
            min({{ multiple_upper(
                'priced.coefficient',
                'priced.rest_lower - (rule_sums.sum_upper - priced.term_upper)',
                'priced.rest_upper - (rule_sums.sum_lower - priced.term_lower)'
            ) }}) as implied_upper
        from priced
        inner join rule_sums on priced.scenario_key = rule_sums.scenario_key and priced.rule_key = rule_sums.rule_key
        group by priced.scenario_key, priced.round_number, priced.cell_key

    ),

    moving as (

        select scenario_key from implied
        where
            implied_component_key < component_key
            or (bound_lower <= bound_upper and (implied_lower > bound_lower or implied_upper < bound_upper))

    )

    select
        scenario_key,
        round_number + 1 as round_number,
        cell_key,
        implied_component_key as component_key,
        if(bound_lower <= bound_upper, greatest(bound_lower, implied_lower), bound_lower) as bound_lower,
        if(bound_lower <= bound_upper, least(bound_upper, implied_upper), bound_upper) as bound_upper
    from implied
    where scenario_key in (select moving.scenario_key from moving)
{%- endmacro %}

{#- An open figure can be anything up to this, far above any number of people in a measure. -#}
{% macro open_upper() -%} 10000000 {%- endmacro %}
