"""What only exact reasoning on whole numbers can tell; see `reasoning`."""

from duckdb import DuckDBPyConnection, DuckDBPyRelation

from reasoning.findings import DbtModel, exact_findings


def model(dbt: DbtModel, session: DuckDBPyConnection) -> DuckDBPyRelation:
    """Hand the audit's tables to `reasoning` and its findings to dbt."""
    audit = {
        "joint_terms": dbt.ref("joint_terms"),
        "joint_rules": dbt.ref("joint_rules"),
        "propagated_bounds": dbt.ref("propagated_bounds"),
        "misprinted_cells": dbt.ref("misprinted_cells"),
        "explaining_cells": dbt.ref("explaining_cells"),
        "check_terms": dbt.ref("check_terms"),
    }
    return exact_findings(session, audit)
