{{ config(
    fail_calc = 'coalesce(sum(revised_figures), 0)',
    warn_if = '> 0',
    error_if = '> 0 and bool_or(is_above_limit)',
) }}

with

revisions as (

    select * from {{ ref('revisions') }}

),

int_reports as (

    select * from {{ ref('int_reports') }}

),

shares_of_editions as (

    select
        report_id,
        count(*) as revised_figures,
        any_value(compared_figures) as compared_figures,
        count(*) / any_value(compared_figures) > {{ var('largest_revised_share') }} as is_above_limit
    from revisions
    group by report_id

)

select
    shares.*,
    reports.file_name || ' differs from the edition before in ' || shares.revised_figures || ' of '
    || shares.compared_figures || ' figures; '
    || if(
        shares.is_above_limit,
        'expected at most a share of {{ var('largest_revised_share') }}: see audit.revisions, and remove the report '
        || 'if it was misread, or raise largest_revised_share in dbt_project.yml if NAV revised so many',
        'see audit.revisions'
    ) as explanation
from shares_of_editions as shares
inner join int_reports as reports on shares.report_id = reports.report_id
order by reports.edition_month desc, reports.loaded_at desc
