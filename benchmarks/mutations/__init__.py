"""Mutation testing of the rules: the sample with one known error each, many thousand times, put before the audit."""
