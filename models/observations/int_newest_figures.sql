{{ config(unique_key='month') }}

{{ newest_figures(ref('int_observations'), ref('int_printed_months'), ref('series_breaks'), holds_main_groups=false) }}
