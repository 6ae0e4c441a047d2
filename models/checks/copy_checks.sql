with

rule_rows as (

    select * from {{ ref('rule_rows') }}
    {{ where_in_scope('report_id') }}

),

int_printed_cells as (

    select * from {{ ref('int_printed_cells') }}
    {{ where_in_scope('report_id') }}

),

prints_of_totals as (

    select
        printed.report_id,
        printed.subject_key,
        totals.participant_group_code,
        totals.measure_code,
        printed.is_total,
        printed.row_count,
        printed.line_number,
        cells.period_kind,
        cells.month,
        cells.value_lower,
        cells.value_upper,
        cells.is_illegible
    from rule_rows as printed
    inner join rule_rows as totals on printed.subject_key = totals.subject_key and totals.is_total
    inner join int_printed_cells as cells on printed.row_key = cells.row_key
    where printed.rule_code = 'totals_agree' and cells.period_kind is not null

),

compared as (

    select
        report_id,
        max(participant_group_code) as participant_group_code,
        max(measure_code) as measure_code,
        period_kind::varchar as period_kind,
        month,
        max(value_lower) filter (is_total) as total_lower,
        max(value_upper) filter (is_total) as total_upper,
        min(value_lower) filter (not is_total) as parts_lower,
        max(value_upper) filter (not is_total) as parts_upper,
        max(line_number) filter (is_total) as total_line_number,
        list_sort(list(line_number)) as line_numbers,
        bool_or(value_lower < value_upper) as has_suppressed,
        count(distinct hash(value_lower, value_upper)) filter (not is_illegible) as different_figures,
        count(*) <> max(row_count) as is_missing
    from prints_of_totals
    group by report_id, subject_key, period_kind, month

),

-- A star is printed again as a star; an illegible print agrees with any.
judged as (

    select
        *,
        case
            when is_missing or total_lower is null or parts_lower is null then 'missing'
            when different_figures > 1 then 'violated'
            when has_suppressed then 'possible'
            else 'proven'
        end as verdict
    from compared

),

explained as (

    select
        report_id,
        'totals_agree' as rule_code,
        participant_group_code,
        measure_code,
        'none' as breakdown,
        period_kind,
        month,
        total_lower,
        total_upper,
        parts_lower,
        parts_upper,
        verdict,
        line_numbers,
        case verdict
            when 'missing' then 'one of the prints of this total lacks the figure, so there is nothing to compare'
            when 'violated'
                then
                    'copies of one total differ: ' || {{ interval_text('parts_lower', 'parts_upper') }}
                    || ' among them, ' || {{ interval_text('total_lower', 'total_upper') }}
                    || ' in line ' || total_line_number
        end as explanation
    from judged

)

select * from explained
