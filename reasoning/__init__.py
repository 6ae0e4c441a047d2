"""Exact reasoning on whole numbers, for the few questions that bounds alone leave open."""
