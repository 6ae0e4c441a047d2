"""What all commands share: opening databases, messages and exit codes, settings, and what dbt needs of this machine."""
