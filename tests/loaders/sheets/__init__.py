"""Editions as workbooks in many layouts, written by two libraries."""
