"""What MetricFlow answers; run by `make test-bi`, as it is an extra."""
