"""What only exact reasoning on whole numbers can tell; see `reasoning`."""

from duckdb import DuckDBPyConnection, DuckDBPyRelation

from reasoning.findings import DbtModel, exact_findings

IN_WORK = "report_key in (select report_key from build.reports_in_work)"


def model(dbt: DbtModel, session: DuckDBPyConnection) -> DuckDBPyRelation:
    """Hand the audit's tables, as far as they are of reports in work, to `reasoning` and its findings to dbt."""
    audit = {
        "joint_terms": dbt.ref("joint_terms"),
        "free_terms": dbt.ref("free_terms"),
        "joint_rules": dbt.ref("joint_rules"),
        "propagated_bounds": dbt.ref("propagated_bounds"),
        "misprinted_cells": dbt.ref("misprinted_cells"),
        "explaining_cells": dbt.ref("explaining_cells"),
        "rule_rows": dbt.ref("rule_rows").project("hash(report_id) as report_key, is_missing"),
    }
    return exact_findings(session, {name: rows.filter(IN_WORK) for name, rows in audit.items()})
