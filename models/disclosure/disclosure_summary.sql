with

int_reports as (

    select * from {{ ref('int_reports') }}

),

disclosure_risk as (

    select * from {{ ref('disclosure_risk') }}

),

-- A copy of a total is the same figure once more.
figures as (

    select * from disclosure_risk
    where not is_copy_of_total

),

counted as (

    select
        reports.report_id,
        reports.file_name,
        count(*) filter (figures.period_kind = 'month') as suppressed_months,
        count(*) filter (figures.period_kind = 'month' and figures.exposure = 'pinned') as pinned_months,
        count(*) filter (figures.period_kind = 'month' and figures.exposure = 'narrowed') as narrowed_months,
        count(*) filter (figures.period_kind = 'month' and figures.exposure = 'protected') as protected_months,
        count(*) filter (figures.period_kind = 'average') as suppressed_averages,
        count(*) filter (figures.period_kind = 'average' and figures.exposure = 'pinned') as pinned_averages,
        count(*) filter (figures.period_kind = 'average' and figures.exposure = 'narrowed') as narrowed_averages,
        count(*) filter (figures.period_kind = 'average' and figures.exposure = 'protected') as protected_averages,
        coalesce(bool_or(figures.exposure = 'undecided'), false) as is_undecided
    from int_reports as reports
    left join figures on reports.report_id = figures.report_id
    group by reports.report_id, reports.file_name

)

select * from counted
