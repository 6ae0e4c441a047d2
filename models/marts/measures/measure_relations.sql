with

measure_changes as (

    select * from {{ ref('measure_changes') }}

),

relations as (

    select
        from_measure_code,
        to_measure_code,
        valid_date,
        relation,
        {{ is_exact_relation('relation') }} as is_exact,
        source
    from measure_changes

)

select * from relations
