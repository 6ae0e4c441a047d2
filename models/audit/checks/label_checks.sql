with

int_printed_rows as (

    select * from {{ ref('int_printed_rows') }}
    {{ where_in_work('report_id') }}

),

int_printed_labels as (

    select * from {{ ref('int_printed_labels') }}
    {{ where_in_work('report_id') }}

),

int_printed_cells as (

    select * from {{ ref('int_printed_cells') }}
    {{ where_in_work('report_id') }}

),

joint_terms as (

    select * from {{ ref('joint_terms') }}
    {{ where_in_work('report_key') }}

),

joint_rules as (

    select * from {{ ref('joint_rules') }}

),

labels_in_place as (

    select
        report_id,
        row_label,
        is_total_row,
        bool_or(row_role = 'unknown' and (is_total_row or table_measure_code is not null)) as is_unknown,
        list_sort(list(line_number)) as line_numbers
    from int_printed_rows
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

rows_with_loose_labels as (

    select
        printed.report_id,
        printed.row_label,
        printed.is_total_row,
        printed.row_key
    from int_printed_rows as printed
    inner join matched_labels as labels
        on
        printed.report_id = labels.report_id
        and printed.row_label = labels.row_label
        and printed.is_total_row = labels.is_total_row
    where labels.match_method = 'edit_distance'

),

-- A row that was read as the wrong category spoils the sums it stands in, so they tell whether a guess was right; its
-- own average does not.
loose_labels_with_sums as (

    select
        loose.report_id,
        loose.row_label,
        loose.is_total_row,
        bool_and(coalesce(not rules.is_violated, false)) as is_confirmed
    from rows_with_loose_labels as loose
    inner join int_printed_cells as cells on loose.row_key = cells.row_key
    inner join joint_terms as terms on {{ cell_key('cells.row_key', 'cells.column_number') }} = terms.cell_key
    left join joint_rules as rules on terms.rule_key = rules.rule_key
    where terms.rule_key <> loose.row_key
    group by loose.report_id, loose.row_label, loose.is_total_row

),

labels_with_sums as (

    select
        labels.*,
        matched.match_method,
        matched.nearest_label,
        coalesce(sums.is_confirmed, false) as is_confirmed
    from labels_in_place as labels
    inner join matched_labels as matched
        on
        labels.report_id = matched.report_id
        and labels.row_label = matched.row_label
        and labels.is_total_row = matched.is_total_row
    left join loose_labels_with_sums as sums
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
