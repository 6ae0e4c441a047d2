"""How far the rules of a report narrow each of its stars; see `auditors.disclosure`."""

from duckdb import DuckDBPyConnection, DuckDBPyRelation

from auditors.disclosure import DbtModel, narrowed_stars


def model(dbt: DbtModel, session: DuckDBPyConnection) -> DuckDBPyRelation:
    """Hand the rules to the audit and what it finds of each star to dbt."""
    rules = dbt.ref("disclosure_rules")
    return narrowed_stars(session, rules, show_values=bool(dbt.config.meta_get("show_disclosed_values")))
