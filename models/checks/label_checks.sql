with

int_printed_rows as (

    select * from {{ ref('int_printed_rows') }}
    {{ where_in_scope('report_id') }}

),

int_printed_labels as (

    select * from {{ ref('int_printed_labels') }}
    {{ where_in_scope('report_id') }}

),

int_labels_matched_by_distance as (

    select * from {{ ref('int_labels_matched_by_distance') }}

),

int_reports as (

    select * from {{ ref('int_reports') }}
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
        max(case when is_total_row then 'total' when table_breakdown = 'none' then 'measure' else table_breakdown end)
            as expected_kind,
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
        reports.family_code,
        coalesce(not sums.is_refuted, false) as is_accepted
    from labels_in_place as labels
    inner join matched_labels as matched
        on
        labels.report_id = matched.report_id
        and labels.row_label = matched.row_label
        and labels.is_total_row = matched.is_total_row
    inner join int_reports as reports on labels.report_id = reports.report_id
    left join loose_label_sums as sums
        on
        labels.report_id = sums.report_id
        and labels.row_label = sums.row_label
        and labels.is_total_row = sums.is_total_row

),

judged as (

    select
        labels.*,
        case
            when labels.is_unknown or labels.match_method = 'unknown' then 'violated'
            when labels.match_method <> 'edit_distance' then 'proven'
            when labels.is_accepted then 'possible'
            else 'violated'
        end as verdict,
        near.known_label as near_label,
        near.label_kind || ',' || near.category_code || ',' || {{ csv_field('trim(labels.row_label)') }} || ',NOTE'
            as row_of_spelling
    from labels_with_sums as labels
    left join int_labels_matched_by_distance as near
        on
        labels.row_label = near.row_label
        and labels.is_total_row = near.is_total_row
        and (labels.expected_kind = near.label_kind or labels.is_total_row)
        and near.edit_distance <= greatest(2, length(trim(labels.row_label)) // 4)
    qualify row_number() over (
        partition by labels.report_id, labels.row_label, labels.is_total_row order by near.known_label
    ) = 1

),

-- Where no measure is known, every label is unknown for one reason, which is said alone.
of_unknown_families as (

    select
        report_id,
        'violated' as verdict,
        list_sort(flatten(list(line_numbers))) as line_numbers,
        'the rows name no measure of a family that is known: "'
        || list_aggregate(
            list_sort(list_distinct(list(trim(row_label)) filter (not is_total_row)))[:3], 'string_agg', '", "'
        )
        || '"; add the family to seeds/measure_families.csv and its measures to seeds/measures.csv'
        || ' (docs/how-to/add-a-family.md)' as explanation
    from judged
    where family_code is null and verdict = 'violated'
    group by report_id

),

of_known_families as (

    select
        report_id,
        verdict,
        line_numbers,
        case
            when verdict <> 'violated' then null
            when is_unknown or match_method = 'unknown'
                then
                    'the label "' || trim(row_label) || '" is not known in this table; '
                    || coalesce(
                        'if it is another spelling of "' || near_label || '", add to seeds/printed_labels.csv the row `'
                        || row_of_spelling || '`; ',
                        ''
                    )
                    || {{ file_of_new_label('expected_kind', 'trim(row_label)', 'family_code') }}
                    || if(near_label is null, '; if it is another spelling, add it to seeds/printed_labels.csv', '')
                    || '; else correct the report'
            else
                'the label "' || trim(row_label) || '" was read as "' || nearest_label
                || '", but the sums it stands in contradict that; add it to seeds/printed_labels.csv if it is right'
        end as explanation
    from judged
    where family_code is not null or verdict <> 'violated'

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
        explanation
    from (
        select * from of_unknown_families
        union all
        select * from of_known_families
    )

)

select * from explained
