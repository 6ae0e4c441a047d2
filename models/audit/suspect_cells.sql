with

single_suspects as (

    select * from {{ ref('single_suspects') }}
    {{ where_in_scope('report_key') }}

),

exact_findings as (

    select * from {{ ref('exact_findings') }}
    {{ where_in_scope('report_key') }}

),

reconciliation_checks as (

    select * from {{ ref('reconciliation_checks') }}
    {{ where_in_scope('report_id') }}

),

stg_nav__cells as (

    select * from {{ ref('stg_nav__cells') }}
    {{ where_in_scope('report_id') }}

),

int_reports as (

    select * from {{ ref('int_reports') }}
    {{ where_in_scope('report_id') }}

),

-- A row that is missing, doubled or not known is no slip in a figure: which cells were meant is then not known either.
wrong_figures as (

    select
        report_id,
        count(*) filter (verdict = 'violated') as explained_checks
    from reconciliation_checks
    group by report_id
    having
        bool_or(verdict = 'violated')
        and not bool_or(
            verdict in ('violated', 'missing')
            and rule_code in ('rows_are_complete', 'cells_are_accounted_for', 'months_are_continuous')
        )

),

explanations as (

    select
        cell_key,
        null as set_number,
        bound_lower,
        bound_upper,
        count(*) over (partition by report_key) = 1 as is_certain,
        bound_lower as certain_lower,
        bound_upper as certain_upper
    from single_suspects
    union all
    select
        cell_key,
        set_number,
        bound_lower,
        bound_upper,
        is_certain,
        certain_lower,
        certain_upper
    from exact_findings
    where finding = 'explanation'

),

-- A cell that alone explains everything is a set of its own.
explanations_in_place as (

    select
        cells.report_id,
        cells.line_number,
        cells.column_number,
        trim(cells.value_text) as value_text,
        {{ place_of('cells.line_number', 'cells.sheet_name', 'cells.page_number', 'cells.line_on_page') }} as place,
        explanations.bound_lower,
        explanations.bound_upper,
        explanations.is_certain,
        if(explanations.is_certain, explanations.certain_lower, null) as certain_lower,
        if(explanations.is_certain, explanations.certain_upper, null) as certain_upper,
        coalesce(
            explanations.set_number,
            row_number() over (partition by cells.report_id order by cells.line_number, cells.column_number)
        ) as set_number
    from explanations
    inner join stg_nav__cells as cells
        on explanations.cell_key = {{ cell_key(row_key('cells'), 'cells.column_number') }}

),

-- Where a star is meant the proposal is a star, not what the rules know of the number behind it.
suspects as (

    select
        explanations.report_id,
        explanations.line_number,
        explanations.column_number,
        explanations.value_text,
        wrong_figures.explained_checks,
        max(explanations.set_number) over (partition by explanations.report_id) as candidates,
        explanations.bound_upper < reports.suppression_threshold as is_star_proposed,
        if(is_star_proposed, {{ suppressed_lower() }}, explanations.bound_lower) as proposed_lower,
        if(is_star_proposed, {{ suppressed_upper('reports.suppression_threshold') }}, explanations.bound_upper)
            as proposed_upper,
        explanations.set_number,
        count(*) over (partition by explanations.report_id, explanations.set_number) as cells_in_set,
        explanations.is_certain,
        explanations.certain_upper < reports.suppression_threshold as is_star_certain,
        if(is_star_certain, {{ suppressed_lower() }}, explanations.certain_lower) as certain_lower,
        if(is_star_certain, {{ suppressed_upper('reports.suppression_threshold') }}, explanations.certain_upper)
            as certain_upper,
        reports.file_name,
        explanations.place
    from explanations_in_place as explanations
    inner join wrong_figures on explanations.report_id = wrong_figures.report_id
    inner join int_reports as reports on explanations.report_id = reports.report_id

),

explained as (

    select
        report_id,
        line_number,
        column_number,
        value_text,
        explained_checks,
        candidates,
        proposed_lower,
        proposed_upper,
        set_number,
        cells_in_set,
        is_certain,
        certain_lower,
        certain_upper,
        place,
        file_name || ':' || place || ': column ' || column_number || ' prints ' || value_text || ', '
        || case
            when cells_in_set = 1 and candidates = 1 then 'which alone explains ' || explained_checks
            when cells_in_set = 1
                then 'one of ' || candidates || ' cells that each alone would explain ' || explained_checks
            when is_certain
                then
                    'which is wrong in any case, one of ' || cells_in_set || ' cells that together explain '
                    || explained_checks
            else
                'one of ' || cells_in_set || ' cells that only together explain ' || explained_checks
        end
        || ' violated ' || if(explained_checks = 1, 'check', 'checks')
        || if(cells_in_set > 1, ' (set ' || set_number || ' of the ' || candidates || ' smallest found)', '')
        || '; the rules allow only '
        || if(is_star_proposed, 'a star', {{ interval_text('proposed_lower', 'proposed_upper') }}) as explanation
    from suspects

)

select * from explained
