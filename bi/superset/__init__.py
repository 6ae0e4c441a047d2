"""A dashboard in Apache Superset on the readers' tables: the bundle to import, and how to serve it on one's own machine."""
