"""A dashboard in Apache Superset on the readers' tables: the bundle to import, and a server of one's own."""
