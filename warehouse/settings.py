"""Where things are unless a command is told otherwise."""

from __future__ import annotations

import os
from pathlib import Path

INBOX = Path("reports")
"""The folder of report files as received."""
DEFAULT_BUILD = "build/tiltak.duckdb"
"""The database that loader and dbt work on."""
READERS_FILE = Path("tiltak.duckdb")
"""The database that readers open."""
SITE = Path("site")
"""The pages that readers look at."""
FILES = Path("files")
"""The files that readers take away."""
SCHEMAS = frozenset(
    {
        "audit", "build", "checks", "disclosure", "intermediate", "localisation",
        "main", "marts", "raw", "reference", "restoration", "rules", "semantic", "staging",
    }
)  # fmt: skip
"""The schemas of the build database."""


def build_database() -> Path:
    """Return the database that TILTAK_DATABASE names, else the default one; an empty text counts as unset."""
    return Path(os.environ.get("TILTAK_DATABASE") or DEFAULT_BUILD)
