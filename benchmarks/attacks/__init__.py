"""Attacks on the warehouse: what must neither lose, tear nor mix anything, counted."""
