{{
    labelled_figures(
        ref('fct_participants_by_age_group'),
        ref('dim_measure'),
        ref('int_latest_months'),
        ref('dim_age_group'),
        'age_group',
        attributes=['age_from', 'age_to', 'is_open_ended']
    )
}}
