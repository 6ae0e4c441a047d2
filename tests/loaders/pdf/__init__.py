"""Editions as PDFs in many layouts, written by two libraries, with the rows that each prints."""
