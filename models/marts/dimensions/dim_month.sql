with

int_printed_months as (

    select * from {{ ref('int_printed_months') }}

),

months as (

    select * from {{ ref('months') }}

),

printed_months as (

    select distinct month
    from int_printed_months

),

months_described as (

    select
        printed_months.month,
        strftime(printed_months.month, '%Y-%m') as month_code,
        months.month_name || ' ' || year(printed_months.month) as month_name,
        months.month_name_en || ' ' || year(printed_months.month) as month_name_en,
        year(printed_months.month)::integer as year,
        quarter(printed_months.month)::integer as quarter,
        month(printed_months.month)::integer as month_number,
        (12 * year(printed_months.month) + month(printed_months.month))::integer as sort_order
    from printed_months
    inner join months on month(printed_months.month) = months.month_number

)

select * from months_described
