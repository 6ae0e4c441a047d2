"""Dashboards as code, which read what is published and nothing else."""
