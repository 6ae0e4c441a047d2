with

arithmetic_checks as (

    select * from {{ ref('arithmetic_checks') }}
    {{ where_in_work('report_id') }}

),

printed_number_checks as (

    select * from {{ ref('printed_number_checks') }}

),

row_checks as (

    select * from {{ ref('row_checks') }}

),

cell_checks as (

    select * from {{ ref('cell_checks') }}

),

label_checks as (

    select * from {{ ref('label_checks') }}

),

month_checks as (

    select * from {{ ref('month_checks') }}

),

joint_checks as (

    select * from {{ ref('joint_checks') }}

),

checks as (

    select * from arithmetic_checks
    union all by name
    select * from printed_number_checks
    union all by name
    select * from row_checks
    union all by name
    select * from cell_checks
    union all by name
    select * from label_checks
    union all by name
    select * from month_checks
    union all by name
    select * from joint_checks

)

select * from checks
