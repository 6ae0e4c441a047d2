"""Exact reasoning about the numbers behind stars, for the few questions that bounds alone leave open."""
