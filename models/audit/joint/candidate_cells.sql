with

joint_terms as (

    select * from {{ ref('joint_terms') }}
    {{ where_in_work('report_id') }}

),

joint_rules as (

    select * from {{ ref('joint_rules') }}
    {{ where_in_work('report_id') }}

),

misprinted_cells as (

    select * from {{ ref('misprinted_cells') }}
    {{ where_in_work('report_id') }}

),

propagated_bounds as (

    select * from {{ ref('propagated_bounds') }}
    {{ where_in_work('report_id') }}

),

-- A misprinted number breaks a rule of its own cell.
cells_of_violated_rules as (

    select
        terms.report_id,
        terms.cell_key,
        terms.line_number,
        terms.column_number,
        terms.rule_key
    from joint_terms as terms
    inner join joint_rules as rules on terms.rule_key = rules.rule_key
    where rules.is_violated
    union all
    select
        report_id,
        cell_key,
        line_number,
        column_number,
        cell_key as rule_key
    from misprinted_cells

),

-- A rule that a cell takes no part in stays violated whatever is printed there: only a cell in all of them can explain
-- them all.
cells_in_every_violated_rule as (

    select
        cells.report_id,
        cells.cell_key,
        any_value(cells.line_number) as line_number,
        any_value(cells.column_number) as column_number
    from cells_of_violated_rules as cells
    inner join (
        select
            report_id,
            count(distinct rule_key) as rule_count
        from cells_of_violated_rules
        group by report_id
    ) as reports on cells.report_id = reports.report_id
    group by cells.report_id, cells.cell_key, reports.rule_count
    having count(*) = reports.rule_count

),

-- Where the rules contradict each other only together, it is a cell in one of the rules on the stars concerned.
cells_near_a_contradiction as (

    select distinct
        terms.report_id,
        terms.cell_key,
        terms.line_number,
        terms.column_number
    from joint_terms as terms
    where
        terms.rule_key in (
            select concerned.rule_key
            from joint_terms as concerned
            inner join propagated_bounds as stars on concerned.cell_key = stars.cell_key
            inner join propagated_bounds as conflicts on stars.component_key = conflicts.component_key
            where conflicts.is_contradiction
        )
        and terms.report_id not in (select report_id from cells_of_violated_rules)

),

candidates as (

    select * from cells_in_every_violated_rule
    union all
    select * from cells_near_a_contradiction

)

select * from candidates
