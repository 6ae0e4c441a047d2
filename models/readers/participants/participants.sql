{{
    labelled_figures(
        ref('fct_participants'),
        ref('dim_measure'),
        ref('int_latest_months')
    )
}}
