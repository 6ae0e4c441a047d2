"""Scans: pages that are pictures, in a PDF or in a picture's file. Needs the extra `scan`."""
