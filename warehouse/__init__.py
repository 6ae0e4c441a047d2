"""What all commands share: opening databases, messages and exit codes, settings, and what dbt needs of this machine."""

from __future__ import annotations

__version__ = "0.1.0"
"""Of the project: pyproject.toml and dbt_project.yml have the same."""
