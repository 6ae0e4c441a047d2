"""What a user waits for with one report: loading it and `dbt build`; and what the disclosure audit says of it."""

from __future__ import annotations

import sys
from pathlib import Path

from benchmarks.timing import Comparison, compare, run

PROJECT = Path(__file__).resolve().parents[1]
DBT = Path(sys.executable).parent / "dbt"
_ROUNDS = 7


def load_and_build(folder: Path) -> Comparison:
    """Load the sample and `dbt build`, against `dbt build` of a project with one model in the same environment."""
    build = folder / "sample" / "tiltak.duckdb"
    environment = warehouse_environment(build, folder / "sample")
    one_model = one_model_project(folder / "one_model")

    def measured() -> None:
        build.unlink(missing_ok=True)
        run([sys.executable, "-m", "loaders", PROJECT / "reports"], PROJECT, **environment)
        run([DBT, "build"], PROJECT, **environment)

    return compare("load and dbt build of the sample", measured, lambda: run([DBT, "build"], one_model), _ROUNDS)


def audit_disclosure(folder: Path) -> str:
    """Load and build the sample, and return what the disclosure audit says of it."""
    environment = warehouse_environment(folder / "disclosure" / "tiltak.duckdb", folder / "disclosure")
    run([sys.executable, "-m", "loaders", PROJECT / "reports"], PROJECT, **environment)
    run([DBT, "build"], PROJECT, **environment)
    audit = run([sys.executable, "-m", "auditors", "disclosure"], PROJECT, **environment)
    return f"disclosure audit of the sample, in {audit.seconds:.1f} s: {audit.printed.splitlines()[0]}"


def warehouse_environment(build: Path, folder: Path) -> dict[str, str]:
    """Return what has the project's commands work on this build database, and dbt keep its own files in `folder`."""
    return {
        "TILTAK_DATABASE": str(build),
        "DBT_TARGET_PATH": str(folder / "target"),
        "DBT_LOG_PATH": str(folder / "logs"),
    }


def one_model_project(folder: Path) -> Path:
    """Write a dbt project with one model and return its folder: what dbt itself costs here."""
    (folder / "models").mkdir(parents=True)
    (folder / "models" / "one.sql").write_text("select 1 as one\n")
    (folder / "dbt_project.yml").write_text(
        'name: one_model\nversion: "1.0.0"\nprofile: one_model\nflags: {send_anonymous_usage_stats: false}\n'
    )
    (folder / "profiles.yml").write_text(
        "one_model:\n  target: build\n  outputs: {build: {type: duckdb, path: one_model.duckdb, threads: 2}}\n"
    )
    return folder
