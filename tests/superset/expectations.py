"""What each chart must show, asked of the readers' tables without Superset: SQL by the chart's name."""

from __future__ import annotations

IN_ORDER = {
    "Month": "select epoch_ms(max(month)) as latest_month from participants where is_latest_month",
    "Participants": "select sum(participants_lower) as participants_at_least from participants where is_latest_month",
    "Women": """
        select
            sum(participants_lower) filter (gender_code = 'female') / (
                sum(participants_lower) filter (gender_code = 'female')
                + sum(participants_upper) filter (gender_code = 'male')
            ) as women_share_at_least
        from participants_by_gender
        where is_latest_month
    """,
    "Suppressed figures": """
        select count(*) as suppressed_figures from participants_by_county where is_latest_month and participants is null
    """,
    "Participants by measure over time": """
        pivot (select epoch_ms(month) as month, measure_name_en, participants_upper from participants)
        on measure_name_en using sum(participants_upper) order by month
    """,
    **{
        f"Participants by {name}": f"""
            select
                {column}_name_en,
                sum(participants_lower) as participants_at_least,
                sum(participants_upper) - sum(participants_lower) as participants_hidden
            from participants_by_{column}
            where is_latest_month
            group by {column}_name_en, {column}_sort_order
            order by {column}_sort_order desc
        """  # noqa: S608 - own names
        for name, column in (("county", "county"), ("age", "age_group"), ("education", "education"))
    },
    "Women's share by measure": """
        with women as (
            from participants_by_gender where is_latest_month and gender_code = 'female'
        ),

        men as (
            from participants_by_gender where is_latest_month and gender_code = 'male'
        )

        select
            women.measure_name_en,
            women.participants_lower / (women.participants_lower + men.participants_upper) as women_share_at_least,
            women.participants_upper / (women.participants_upper + men.participants_lower)
            - women.participants_lower / (women.participants_lower + men.participants_upper) as women_share_hidden
        from women
        inner join men using (measure_code)
        order by women.measure_sort_order desc
    """,
}
"""The rows in the order of the chart; bars are drawn from below."""

AS_TEXT = {
    "Participants by county and measure": """
        select
            county_code || ' ' || county_name_en as "County",
            measure_name_en as "Measure",
            participants_text as participants_shown
        from participants_by_county
        where is_latest_month
    """,
    "Participants by measure and month": """
        select
            strftime(month, '%Y-%m') as "Month",
            measure_name_en as "Measure",
            participants_text as participants_shown
        from participants
    """,
}
"""The cells of a table, which the chart puts in order."""
