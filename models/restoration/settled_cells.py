"""What each illegible figure of a scan is, or can be; see `reasoning.legibility`."""

from duckdb import DuckDBPyConnection, DuckDBPyRelation

from reasoning.findings import DbtModel
from reasoning.settling import settled_cells


def model(dbt: DbtModel, session: DuckDBPyConnection) -> DuckDBPyRelation:
    """Hand the undecided cells of reports in scope, and all rules of those reports, to `reasoning`."""
    scope = "report_key in (select report_key from build.reports_in_scope)"
    rows = {
        "undecided_cells": dbt.ref("undecided_cells"),
        "rule_terms": dbt.ref("rule_terms"),
        "complete_rules": dbt.ref("complete_rules"),
        "single_suspects": dbt.ref("single_suspects"),
        "exact_findings": dbt.ref("exact_findings"),
    }
    return settled_cells(session, {name: relation.filter(scope) for name, relation in rows.items()})
