{{
    labelled_figures(
        ref('fct_participants_by_county'),
        ref('dim_measure'),
        ref('int_latest_months'),
        ref('dim_county'),
        'county',
        label='county_label',
        attributes=['iso_3166_2_code', 'is_current']
    )
}}
