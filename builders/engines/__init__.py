"""Who runs the workers: processes of this machine, or a Spark cluster. What a worker does is the same."""
