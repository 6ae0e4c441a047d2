with

int_printed_rows as (

    select * from {{ ref('int_printed_rows') }}
    {{ where_in_scope('report_id') }}

),

int_printed_labels as (

    select * from {{ ref('int_printed_labels') }}
    {{ where_in_scope('report_id') }}

),

loose_label_sums as (

    select * from {{ ref('loose_label_sums') }}

),

labels_in_place as (

    select
        report_id,
        row_label,
        is_total_row,
        bool_or(row_role = 'unknown' and (is_total_row or table_measure_code is not null)) as is_unknown,
        list_sort(list(line_number)) as line_numbers
    from int_printed_rows
    where row_role <> 'set_aside'
    group by report_id, row_label, is_total_row

),

matched_labels as (

    select
        report_id,
        row_label,
        is_total_row,
        min(match_method) as match_method,
        min(nearest_label) as nearest_label
    from int_printed_labels
    group by report_id, row_label, is_total_row

),

labels_with_sums as (

    select
        labels.*,
        matched.match_method,
        matched.nearest_label,
        coalesce(not sums.is_refuted, false) as is_accepted
    from labels_in_place as labels
    inner join matched_labels as matched
        on
        labels.report_id = matched.report_id
        and labels.row_label = matched.row_label
        and labels.is_total_row = matched.is_total_row
    left join loose_label_sums as sums
        on
        labels.report_id = sums.report_id
        and labels.row_label = sums.row_label
        and labels.is_total_row = sums.is_total_row

),

judged as (

    select
        *,
        case
            when is_unknown or match_method = 'unknown' then 'violated'
            when match_method <> 'edit_distance' then 'proven'
            when is_accepted then 'possible'
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
                || '", but the sums it stands in contradict that; add it to seeds/printed_labels.csv if it is right'
        end as explanation
    from judged

)

select * from explained
