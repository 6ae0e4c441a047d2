with

rule_rows as (

    select * from {{ ref('rule_rows') }}
    {{ where_in_scope('report_id') }}

),

int_printed_cells as (

    select * from {{ ref('int_printed_cells') }}
    {{ where_in_scope('report_id') }}

),

int_reports as (

    select * from {{ ref('int_reports') }}
    {{ where_in_scope('report_id') }}

),

-- Each copy of a total equals its first print, which is a rule of its own.
pairs_of_copies as (

    select
        {{ copy_key('copies.subject_key', 'copies.row_key') }} as subject_key,
        unnest([copies.row_key, firsts.row_key]) as row_key,
        unnest([1, -1]) as coefficient,
        2 as row_count,
        true as is_copy
    from rule_rows as copies
    inner join rule_rows as firsts on copies.subject_key = firsts.subject_key and firsts.is_total
    where copies.rule_code = 'totals_agree' and not copies.is_total

),

rows_of_rules as (

    select
        subject_key,
        row_key,
        if(is_total, -1, 1) as coefficient,
        row_count,
        false as is_copy
    from rule_rows
    where rule_code <> 'totals_agree' and row_key is not null
    union all
    select * from pairs_of_copies

),

-- Figures are stocks at the end of a month: months add up over people, averages do not, but are printed again.
terms_of_rows as (

    select
        cells.report_id,
        {{ rule_key('rows_of_rules.subject_key', 'cells.month') }} as rule_key,
        {{ cell_key('cells.row_key', 'cells.column_number') }} as cell_key,
        rows_of_rules.coefficient,
        cells.value_lower as cell_lower,
        cells.value_upper as cell_upper,
        rows_of_rules.row_count as term_count
    from rows_of_rules
    inner join int_printed_cells as cells on rows_of_rules.row_key = cells.row_key
    where cells.month is not null or (rows_of_rules.is_copy and cells.period_kind = 'average')

),

-- Every row that is printed has the rule of its own average, also a copy.
terms_of_averages as (

    select
        cells.report_id,
        cells.row_key as rule_key,
        {{ cell_key('cells.row_key', 'cells.column_number') }} as cell_key,
        if(cells.month is null, 1 - terms.term_count, 1) as coefficient,
        cells.value_lower as cell_lower,
        cells.value_upper as cell_upper,
        terms.term_count
    from int_printed_cells as cells
    inner join (
        select
            report_id,
            datediff('month', period_start, period_end)::integer + 2 as term_count
        from int_reports
    ) as terms on cells.report_id = terms.report_id
    where cells.period_kind is not null

),

-- All that reasoning needs of a term is numbers, which are written in a fraction of the time that texts take.
keyed as (

    select
        * exclude (report_id),
        {{ report_key('terms') }} as report_key
    from (
        select * from terms_of_rows
        union all
        select * from terms_of_averages
    ) as terms

)

select * from keyed
