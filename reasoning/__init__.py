"""Exact reasoning about the numbers behind stars."""
