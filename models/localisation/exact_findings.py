"""What only exact reasoning on whole numbers can tell; see `reasoning`."""

from duckdb import DuckDBPyConnection, DuckDBPyRelation

from reasoning.findings import DbtModel, exact_findings


def model(dbt: DbtModel, session: DuckDBPyConnection) -> DuckDBPyRelation:
    """Hand what is needed of the rules of reports in scope to `reasoning`, and its findings to dbt."""
    rows = {
        "rule_terms": dbt.ref("rule_terms"),
        "suppressed_terms": dbt.ref("suppressed_terms"),
        "complete_rules": dbt.ref("complete_rules"),
        "propagated_bounds": dbt.ref("propagated_bounds"),
        "misprinted_cells": dbt.ref("misprinted_cells"),
        "single_suspects": dbt.ref("single_suspects"),
        "printed_places": dbt.ref("printed_places"),
        "rule_rows": dbt.ref("rule_rows").join(
            session.table("build.reports_in_scope").project("report_id, report_key"), "report_id"
        ),
    }
    scope = "report_key in (select report_key from build.reports_in_scope)"
    return exact_findings(session, {name: relation.filter(scope) for name, relation in rows.items()})
