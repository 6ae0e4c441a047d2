with recursive

free_terms as (

    select * from {{ ref('free_terms') }}

),

-- Stars that share a rule hang together. Each starts as its own component and takes, round by round, the smallest name
-- among those it shares a rule with, until nothing changes in its report.
named as (

    select distinct
        report_id,
        cell_key,
        cell_key as component_key,
        0 as round_number
    from free_terms
    union all
    (
        select
            report_id,
            cell_key,
            least_key as component_key,
            round_number
        from (
            select
                terms.report_id,
                terms.cell_key,
                named.round_number + 1 as round_number,
                any_value(named.component_key) as component_key,
                min(least_of_rules.least_key) as least_key
            from free_terms as terms
            inner join named on terms.cell_key = named.cell_key
            inner join (
                select
                    neighbours.rule_key,
                    min(neighbour_names.component_key) as least_key
                from free_terms as neighbours
                inner join named as neighbour_names on neighbours.cell_key = neighbour_names.cell_key
                group by neighbours.rule_key
            ) as least_of_rules on terms.rule_key = least_of_rules.rule_key
            group by terms.report_id, terms.cell_key, named.round_number
        )
        qualify bool_or(least_key < component_key) over (partition by report_id)
    )

),

components as (

    select
        cell_key,
        min(component_key) as component_key
    from named
    group by cell_key

)

select * from components
