with

int_printed_rows as (

    select * from {{ ref('int_printed_rows') }}
    {{ where_in_work('report_id') }}

),

int_printed_labels as (

    select * from {{ ref('int_printed_labels') }}
    {{ where_in_work('report_id') }}

),

arithmetic_checks as (

    select * from {{ ref('arithmetic_checks') }}

),

labels_in_place as (

    select
        printed.report_id,
        printed.row_label,
        printed.is_total_row,
        printed.line_number,
        printed.row_role = 'unknown' and (printed.is_total_row or printed.table_measure_code is not null) as is_unknown,
        labels.match_method,
        labels.nearest_label
    from int_printed_rows as printed
    inner join (
        select
            report_id,
            row_label,
            is_total_row,
            min(match_method) as match_method,
            min(nearest_label) as nearest_label
        from int_printed_labels
        group by all
    ) as labels
        on
        printed.report_id = labels.report_id
        and printed.row_label = labels.row_label
        and printed.is_total_row = labels.is_total_row

),

loose_labels as (

    select * from labels_in_place
    where match_method = 'edit_distance'

),

-- A row that was read as the wrong category spoils the sum it stands in, so the sums tell whether a guess was right.
sums_of_loose_labels as (

    select
        loose_labels.report_id,
        loose_labels.line_number,
        bool_and(sums.verdict in ('proven', 'possible')) as is_confirmed
    from loose_labels
    inner join (
        select
            report_id,
            verdict,
            unnest(line_numbers) as line_number
        from arithmetic_checks
        where rule_code <> 'average_is_mean_of_months'
    ) as sums on loose_labels.report_id = sums.report_id and loose_labels.line_number = sums.line_number
    group by all

),

labels_with_sums as (

    select
        labels.report_id,
        labels.row_label,
        labels.is_total_row,
        labels.match_method,
        labels.nearest_label,
        bool_or(labels.is_unknown) as is_unknown,
        coalesce(bool_and(sums.is_confirmed), false) as is_confirmed,
        list(labels.line_number order by labels.line_number) as line_numbers
    from labels_in_place as labels
    left join sums_of_loose_labels as sums
        on labels.report_id = sums.report_id and labels.line_number = sums.line_number
    group by all

),

judged as (

    select
        *,
        case
            when is_unknown or match_method = 'unknown' then 'violated'
            when match_method <> 'edit_distance' then 'proven'
            when is_confirmed then 'possible'
            else 'violated'
        end as verdict
    from labels_with_sums

),

explained as (

    select
        report_id,
        'labels_are_known' as rule_code,
        null as participant_group_code,
        null as measure_code,
        null as breakdown,
        null as period_kind,
        null as month,
        null as total_lower,
        null as total_upper,
        null as parts_lower,
        null as parts_upper,
        verdict,
        line_numbers,
        case
            when verdict <> 'violated' then null
            when is_unknown or match_method = 'unknown'
                then
                    'the label "' || trim(row_label) || '" is not known in this table; '
                    || coalesce('the nearest known label is "' || nearest_label || '"; ', '')
                    || 'add it to seeds/printed_labels.csv if it is a new spelling, else correct the report'
            else
                'the label "' || trim(row_label) || '" was read as "' || nearest_label
                || '", but the sums it stands in do not confirm that; add it to seeds/printed_labels.csv if it is right'
        end as explanation
    from judged

)

select * from explained
